"""Each image is made a row of numbers, which not every model wants.

fails: test_takes_the_images_as_the_loader_gives_them
hint: Does the model get the batch X as it is, with all its axes?
"""


def test(dataloader, model, loss_fn):
    model.eval()
    total, correct, count = 0.0, 0, 0
    with torch.no_grad():
        for X, y in dataloader:
            logits = model(X.reshape(len(X), -1))
            total += loss_fn(logits, y).item()
            correct += count_correct(logits, y)
            count += len(y)
    return correct / count, total / len(dataloader)
