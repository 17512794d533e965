"""New tensors are made on the device while it is the default."""


def train_on(dataloader, model, loss_fn, optimizer, device):
    model.train()
    losses = []
    for X, y in dataloader:
        with torch.device(device):
            X, y = torch.zeros(X.shape).copy_(X), torch.zeros(y.shape, dtype=y.dtype).copy_(y)
        losses.append(train_step(model, X, y, loss_fn, optimizer))
    return sum(losses) / len(losses)
