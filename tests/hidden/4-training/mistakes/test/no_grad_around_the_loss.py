"""Gradients are off while the loss is computed, and on while the model runs.

fails: test_records_no_gradients
hint: Gradients are off for the loss alone. Does model(X) stand inside that block too?
"""


def test(dataloader, model, loss_fn):
    model.eval()
    correct, loss, n = 0, 0.0, 0
    for X, y in dataloader:
        logits = model(X)
        with torch.no_grad():
            correct += count_correct(logits, y)
            loss += loss_fn(logits, y).item()
        n += len(y)
    return correct / n, loss / len(dataloader)
