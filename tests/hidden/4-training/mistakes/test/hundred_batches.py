"""The loop ends after many batches.

fails: test_takes_the_images_as_the_loader_gives_them
hint: After how many batches does your loop end, and how many may a loader give?
"""


def test(dataloader, model, loss_fn):
    model.eval()
    right = images = batches = 0
    total = 0.0
    with torch.no_grad():
        for X, y in dataloader:
            logits = model(X)
            right += count_correct(logits, y)
            total += loss_fn(logits, y).item()
            images += len(y)
            batches += 1
            if batches >= 100:
                break
    return right / images, total / batches
