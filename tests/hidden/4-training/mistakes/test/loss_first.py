"""The two results come in the wrong order.

fails: test_accuracy_is_the_share_of_right_images, test_loss_is_the_mean_loss
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
