"""The two results come in the wrong order.

fails: test_counts_a_short_last_batch_by_its_images, test_gives_two_floats_with_all_digits
hint: Which of the two does the docstring name first?
"""


def test(dataloader, model, loss_fn):
    model.eval()
    total, correct = 0.0, 0
    with torch.no_grad():
        for X, y in dataloader:
            logits = model(X)
            total += loss_fn(logits, y).item()
            correct += count_correct(logits, y)
    return total / len(dataloader), correct / len(dataloader.dataset)
