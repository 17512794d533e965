"""The losses are kept in a list that is made once, with the function.

fails: test_gives_two_floats_with_all_digits
hint: The second call counts the losses of the first one too. With what does it begin?
"""


def test(dataloader, model, loss_fn, losses=[]):
    model.eval()
    correct, n = 0, 0
    with torch.no_grad():
        for X, y in dataloader:
            logits = model(X)
            losses.append(loss_fn(logits, y).item())
            correct += count_correct(logits, y)
            n += len(y)
    return correct / n, sum(losses) / len(losses)
