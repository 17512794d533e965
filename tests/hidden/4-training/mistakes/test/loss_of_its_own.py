"""The loss is computed by a cross entropy of its own, and the given loss_fn is not used.

fails: test_loss_comes_from_the_function_it_is_given
hint: Whose loss is it? Use the loss_fn that is given.
"""


def test(dataloader, model, loss_fn):
    model.eval()
    total, correct, count = 0.0, 0, 0
    with torch.no_grad():
        for X, y in dataloader:
            logits = model(X)
            total += nn.functional.cross_entropy(logits, y).item()
            correct += count_correct(logits, y)
            count += len(y)
    return correct / count, total / len(dataloader)
