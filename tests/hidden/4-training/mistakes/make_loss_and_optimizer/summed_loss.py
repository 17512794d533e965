"""The loss is the sum over the batch, so that its size depends on the batch size.

fails: test_loss_is_the_cross_entropy_of_logits
hint: Would the loss of twice as many images be twice as large? Leave the averaging to the loss.
"""


def make_loss_and_optimizer(model, lr):
    return nn.CrossEntropyLoss(reduction="sum"), torch.optim.SGD(model.parameters(), lr=lr)
