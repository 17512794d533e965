"""The optimizer maximizes: each weight moves along its gradient.

fails: test_optimizer_moves_all_weights_of_the_model, test_learning_rate_is_the_one_given
hint: Each weight moves along its gradient. Does the loss become lower or higher then?
"""


def make_loss_and_optimizer(model, lr):
    return nn.CrossEntropyLoss(), torch.optim.SGD(model.parameters(), lr=lr, maximize=True)
