"""The learning rate stands in the code, the argument lr is ignored.

fails: test_learning_rate_is_the_one_given
hint: Which learning rate does your optimizer get when lr is 0.5?
"""


def make_loss_and_optimizer(model, lr):
    return nn.CrossEntropyLoss(), torch.optim.SGD(model.parameters(), lr=0.001)
