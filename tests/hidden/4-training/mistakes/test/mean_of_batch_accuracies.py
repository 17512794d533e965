"""The batches' accuracies are averaged: a short last batch counts as much as a full one.

fails: test_gives_two_floats_with_all_digits
hint: Does an image of the short last batch count more than another? Divide once, at the end.
"""


def test(dataloader, model, loss_fn):
    model.eval()
    total, correct = 0.0, 0
    with torch.no_grad():
        for X, y in dataloader:
            pred = model(X)
            total += loss_fn(pred, y).item()
            correct += (pred.argmax(1) == y).float().mean().item()
    return correct / len(dataloader), total / len(dataloader)
