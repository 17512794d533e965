"""Without train_step, and with a progress line every 100 batches."""


def train(dataloader, model, loss_fn, optimizer):
    size = len(dataloader.dataset)
    model.train()
    total, seen = 0.0, 0
    for batch, (X, y) in enumerate(dataloader):
        pred = model(X)
        loss = loss_fn(pred, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        loss_value = loss.item()
        total += loss_value
        seen += len(X)
        if batch % 100 == 0:
            print(f"loss: {loss_value:>7f}  [{seen:>5d}/{size:>5d}]")
    return total / (batch + 1)
