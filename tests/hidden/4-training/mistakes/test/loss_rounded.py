"""The loss is rounded.

fails: test_gives_two_floats_with_all_digits
hint: Are the results rounded? The caller gets fewer digits than there are.
"""


def test(dataloader, model, loss_fn):
    model.eval()
    total, correct, count = 0.0, 0, 0
    with torch.no_grad():
        for X, y in dataloader:
            logits = model(X)
            total += loss_fn(logits, y).item()
            correct += count_correct(logits, y)
            count += len(y)
    return correct / count, round(total / len(dataloader), 2)
