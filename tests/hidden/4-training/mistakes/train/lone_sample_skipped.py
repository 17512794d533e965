"""A batch of one sample is skipped.

fails: test_uses_the_short_last_batch
hint: What becomes of a batch that is very short?
"""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    losses = []
    for X, y in dataloader:
        if len(y) == 1:
            continue
        losses.append(train_step(model, X, y, loss_fn, optimizer))
    return sum(losses) / len(losses)
