"""Parameters are frozen for the test, and all are trained afterwards, also those that were not before.

fails: test_leaves_the_model_as_it_was
hint: Were all parameters trained before? Testing only looks, and leaves requires_grad as it is.
"""


def test(dataloader, model, loss_fn):
    model.eval()
    model.requires_grad_(False)
    total, correct, count = 0.0, 0, 0
    with torch.no_grad():
        for X, y in dataloader:
            logits = model(X)
            total += loss_fn(logits, y).item()
            correct += count_correct(logits, y)
            count += len(y)
    model.requires_grad_(True)
    return correct / count, total / len(dataloader)
