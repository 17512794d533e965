"""The loss alone is given probabilities.

fails: test_loss_is_the_mean_loss, test_gives_two_floats_with_all_digits
hint: loss_fn wants logits. Does it get what the model gives, as it is?
"""


def test(dataloader, model, loss_fn):
    model.eval()
    total, correct, count = 0.0, 0, 0
    with torch.no_grad():
        for X, y in dataloader:
            logits = model(X)
            total += loss_fn(nn.functional.softmax(logits, dim=1), y).item()
            correct += count_correct(logits, y)
            count += len(y)
    return correct / count, total / len(dataloader)
