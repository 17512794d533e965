"""The accuracy in percent instead of a share between 0 and 1.

fails: test_gives_two_floats_with_all_digits
hint: Is it a share between 0 and 1? The percent sign is for printing.
"""


def test(dataloader, model, loss_fn):
    model.eval()
    total, correct = 0.0, 0
    with torch.no_grad():
        for X, y in dataloader:
            logits = model(X)
            total += loss_fn(logits, y).item()
            correct += count_correct(logits, y)
    return 100 * correct / len(dataloader.dataset), total / len(dataloader)
