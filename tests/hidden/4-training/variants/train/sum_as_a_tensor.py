"""The losses are summed as tensors without their graphs and read once at the end."""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    batches = iter(dataloader)
    total = torch.zeros(())
    for _ in range(len(dataloader)):
        X, y = next(batches)
        optimizer.zero_grad()
        loss = loss_fn(model(X), y)
        loss.backward()
        optimizer.step()
        total += loss.detach()
    return (total / len(dataloader)).item()
