"""The loop ends after some batches.

fails: test_takes_the_images_as_the_loader_gives_them
hint: After how many batches does your loop end, and how many may a loader give?
"""


def test(dataloader, model, loss_fn):
    model.eval()
    right, images, losses = 0, 0, []
    with torch.no_grad():
        for i, (X, y) in enumerate(dataloader):
            if i == 20:
                break
            logits = model(X)
            right += count_correct(logits, y)
            images += len(y)
            losses.append(loss_fn(logits, y).item())
    return right / images, sum(losses) / len(losses)
