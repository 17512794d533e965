"""no_grad() stands on a line of its own, which switches nothing off.

fails: test_records_no_gradients
hint: When model(X) is run, are gradients off at that moment? A block does that, a line of its own does not.
"""


def test(dataloader, model, loss_fn):
    model.eval()
    torch.no_grad()
    correct, loss, n = 0, 0.0, 0
    for X, y in dataloader:
        logits = model(X)
        correct += count_correct(logits, y)
        loss += loss_fn(logits, y).item()
        n += len(y)
    return correct / n, loss / len(dataloader)
