"""The model begins with new weights: whoever goes on with a trained model loses what it has learned.

fails: test_changes_nothing_of_the_model
hint: What does a model that was trained before know after this function?
"""


def make_loss_and_optimizer(model, lr):
    for parameter in model.parameters():
        nn.init.normal_(parameter, std=0.1)
    return nn.CrossEntropyLoss(), torch.optim.SGD(model.parameters(), lr=lr)
