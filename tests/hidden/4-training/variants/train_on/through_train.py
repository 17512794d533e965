"""The moved batches go through train, as a list."""


def train_on(dataloader, model, loss_fn, optimizer, device):
    moved = [(X.to(device), y.to(device)) for X, y in dataloader]
    return train(moved, model, loss_fn, optimizer)
