"""The losses are summed as tensors and the mean is returned as one.

fails: test_gives_two_floats_with_all_digits
hint: Are both results plain floats? A tensor with one number prints like one, but is none.
"""


def test(dataloader, model, loss_fn):
    model.eval()
    total, correct = 0, 0
    with torch.no_grad():
        for X, y in dataloader:
            logits = model(X)
            total += loss_fn(logits, y)
            correct += count_correct(logits, y)
    return correct / len(dataloader.dataset), total / len(dataloader)
