"""Parameters that were frozen are trained again.

fails: test_changes_nothing_of_the_model
hint: A model may come with layers that are frozen. What becomes of them in your function?
"""


def make_loss_and_optimizer(model, lr):
    for p in model.parameters():
        p.requires_grad = True
    return nn.CrossEntropyLoss(), torch.optim.SGD(model.parameters(), lr=lr)
