"""Each batch is taken from a new pass over the loader, which has another order if it shuffles.

fails: test_takes_the_batches_as_the_loader_gives_them
hint: If the loader shuffles, each pass has a new order. From how many passes come the batches of one epoch?
"""

from itertools import islice


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    total = 0.0
    for number in range(len(dataloader)):
        X, y = next(islice(dataloader, number, None))
        total += train_step(model, X, y, loss_fn, optimizer)
    return total / len(dataloader)
