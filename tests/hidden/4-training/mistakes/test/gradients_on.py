"""eval() is taken for a switch of the gradients: the graph is still recorded.

fails: test_records_no_gradients
hint: When model(X) is run, are gradients off at that moment? eval() does not switch them off.
"""


def test(dataloader, model, loss_fn):
    model.eval()
    total, correct = 0.0, 0
    for X, y in dataloader:
        logits = model(X)
        total += loss_fn(logits, y).item()
        correct += count_correct(logits, y)
    return correct / len(dataloader.dataset), total / len(dataloader)
