"""A small number is added to each probability, so that no loss is higher than its logarithm.

fails: test_loss_is_right_for_logits_far_apart
hint: How high can the loss become at most, if a small number is added or a limit is set?
"""


def make_loss_and_optimizer(model, lr):
    def loss_fn(logits, y):
        chosen = logits.softmax(dim=1).gather(1, y.unsqueeze(1))
        return -(chosen + 1e-10).log().mean()

    return loss_fn, torch.optim.SGD(model.parameters(), lr=lr)
