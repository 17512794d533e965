"""Gradients switched off and on again by hand, and a list as the result."""


def test(dataloader, model, loss_fn):
    before = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    model.eval()
    accuracy = loss = 0.0
    size = len(dataloader.dataset)
    for X, y in dataloader:
        logits = model(X)
        accuracy += np.sum(logits.argmax(1).numpy() == y.numpy()) / size
        loss += loss_fn(logits, y).item() / len(dataloader)
    torch.set_grad_enabled(before)
    return [accuracy, loss]
