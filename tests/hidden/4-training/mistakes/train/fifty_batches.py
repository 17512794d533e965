"""The epoch ends after some batches.

fails: test_takes_the_batches_as_the_loader_gives_them
hint: After how many batches does your loop end, and how many may a loader give?
"""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    losses = []
    for i, (X, y) in enumerate(dataloader):
        if i == 50:
            break
        losses.append(train_step(model, X, y, loss_fn, optimizer))
    return sum(losses) / len(losses)
