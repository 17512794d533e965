"""Gradients are switched off for the whole program: the next epoch of training fails.

fails: test_records_no_gradients
hint: Who switches gradients on again after your function?
"""


def test(dataloader, model, loss_fn):
    model.eval()
    torch.set_grad_enabled(False)
    total, correct = 0.0, 0
    for X, y in dataloader:
        logits = model(X)
        total += loss_fn(logits, y).item()
        correct += count_correct(logits, y)
    return correct / len(dataloader.dataset), total / len(dataloader)
