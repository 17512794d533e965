"""The model is put into training mode too, which is the business of train.

fails: test_changes_nothing_of_the_model
hint: In which mode was the model before, and in which is it now? Nothing is trained here yet.
"""


def make_loss_and_optimizer(model, lr):
    model.train()
    return nn.CrossEntropyLoss(), torch.optim.SGD(model.parameters(), lr=lr)
