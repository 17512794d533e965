"""The mean loss is rounded.

fails: test_mean_loss_is_a_float_in_every_epoch
hint: Is it the mean loss with all its digits? Rounding is for printing.
"""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    total = 0.0
    for X, y in dataloader:
        total += train_step(model, X, y, loss_fn, optimizer)
    return round(total / len(dataloader), 2)
