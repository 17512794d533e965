"""Each sample is made a row of numbers before its step, which not every model wants.

fails: test_takes_the_batches_as_the_loader_gives_them
hint: Does each step get the batch as the loader gives it, with all its axes?
"""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    losses = []
    for X, y in dataloader:
        losses.append(train_step(model, X.flatten(start_dim=1), y, loss_fn, optimizer))
    return sum(losses) / len(losses)
