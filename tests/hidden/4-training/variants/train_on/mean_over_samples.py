"""Weighted by the size of each batch, with a progress line made from the loss."""


def train_on(dataloader, model, loss_fn, optimizer, device):
    device = torch.device(device)
    model.train()
    total = 0.0
    for batch, (X, y) in enumerate(dataloader):
        X, y = X.to(device=device), y.to(device=device)
        optimizer.zero_grad()
        loss = loss_fn(model(X), y)
        loss.backward()
        optimizer.step()
        total += float(loss) * len(X)
        if batch % 100 == 0:
            print(f"batch {batch}: {loss:.4f}")
    return total / len(dataloader.dataset)
