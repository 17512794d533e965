"""The model is moved as well, which does nothing where it is there already."""


def train_on(dataloader, model, loss_fn, optimizer, device):
    model.to(device)
    model.train()
    total = torch.zeros((), device=device)
    for batch in dataloader:
        X, y = (part.to(device, non_blocking=True) for part in batch)
        loss = loss_fn(model(X), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        total += loss.detach()
    return total.cpu().item() / len(dataloader)
