"""Gradients are switched on at the end, also where they were off before the call.

fails: test_records_no_gradients
hint: If the caller had switched gradients off before the call: how do they stand after it?
"""


def test(dataloader, model, loss_fn):
    model.eval()
    torch.set_grad_enabled(False)
    total, correct, count = 0.0, 0, 0
    for X, y in dataloader:
        logits = model(X)
        total += loss_fn(logits, y).item()
        correct += count_correct(logits, y)
        count += len(y)
    torch.set_grad_enabled(True)
    return correct / count, total / len(dataloader)
