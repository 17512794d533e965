"""Each batch counts by its size: the mean over the samples."""


def train(dataloader, model, loss_fn, optimizer):
    model = model.train()
    total, count = 0.0, 0
    for X, y in dataloader:
        total += train_step(model, X, y, loss_fn, optimizer) * len(y)
        count += len(y)
    return total / count
