"""Both results are texts to print, not numbers.

fails: test_accuracy_is_the_share_of_right_images, test_loss_is_the_mean_loss, test_gives_two_floats_with_all_digits
hint: Nobody can compute with what comes back. What is its type?
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
    return f"{correct / count:.3f}", f"{total / len(dataloader):.3f}"
