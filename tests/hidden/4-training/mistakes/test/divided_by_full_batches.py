"""The number of images is taken for batches times batch size: too many when the last batch is short.

fails: test_counts_a_short_last_batch_by_its_images, test_gives_two_floats_with_all_digits
hint: The last batch may be shorter. How many images are there really?
"""


def test(dataloader, model, loss_fn):
    model.eval()
    total, correct = 0.0, 0
    with torch.no_grad():
        for X, y in dataloader:
            pred = model(X)
            total += loss_fn(pred, y).item()
            correct += (pred.argmax(1) == y).sum().item()
    return correct / (len(dataloader) * dataloader.batch_size), total / len(dataloader)
