"""Batches go where the model's first parameter is."""


def train_on(dataloader, model, loss_fn, optimizer, device):
    model.train()
    place = next(model.parameters()).device
    losses = []
    for X, y in dataloader:
        loss = loss_fn(model(X.to(place)), y.to(place))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return torch.stack(losses).mean().item()
