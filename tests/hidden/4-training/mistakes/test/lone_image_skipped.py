"""A batch of one image is skipped.

fails: test_counts_a_short_last_batch_by_its_images
hint: What becomes of a batch that is very short?
"""


def test(dataloader, model, loss_fn):
    model.eval()
    losses, correct, count = [], 0, 0
    with torch.no_grad():
        for X, y in dataloader:
            if X.size(0) < 2:
                continue
            logits = model(X)
            losses.append(loss_fn(logits, y).item())
            correct += count_correct(logits, y)
            count += len(y)
    return correct / count, sum(losses) / len(losses)
