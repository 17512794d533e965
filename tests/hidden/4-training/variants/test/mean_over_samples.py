"""The loss as the mean over the images."""


def test(dataloader, model, loss_fn):
    model.eval()
    total, correct = 0.0, 0
    with torch.no_grad():
        for X, y in dataloader:
            pred = model(X)
            total += loss_fn(pred, y).item() * len(X)
            correct += (pred.argmax(1) == y).sum().item()
    return correct / len(dataloader.dataset), total / len(dataloader.dataset)
