"""The loss of the last batch is returned, not the mean.

fails: test_returns_the_mean_loss_over_the_batches
hint: Is it the mean over all batches, or what the last one left in the variable?
"""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    for X, y in dataloader:
        loss = train_step(model, X, y, loss_fn, optimizer)
    return loss
