"""eval() is taken for a switch of the gradients: the graph is still recorded.

fails: test_records_no_gradients
hint: Is model(X) inside a block that switches gradients off? eval() does not, and a line of its own ends at once.
"""


def test(dataloader, model, loss_fn):
    model.eval()
    total, correct = 0.0, 0
    for X, y in dataloader:
        logits = model(X)
        total += loss_fn(logits, y).item()
        correct += count_correct(logits, y)
    return correct / len(dataloader.dataset), total / len(dataloader)
