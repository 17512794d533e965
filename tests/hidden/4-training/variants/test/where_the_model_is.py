"""Asks the model's first parameter for its device, and for the number of samples a loop."""


def test(dataloader, model, loss_fn):
    device = next(model.parameters()).device
    samples = sum(len(y) for _, y in dataloader)
    model.eval()
    correct = total = 0.0
    with torch.inference_mode():
        for X, y in dataloader:
            X, y = X.to(device), y.to(device)
            logits = model(X)
            total += float(loss_fn(logits, y)) * len(y)
            correct += float((logits.argmax(1) == y).sum())
    return correct / samples, total / samples
