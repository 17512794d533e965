"""Each batch is taken from a new pass over the loader, which has another order if it shuffles.

fails: test_takes_the_batches_as_the_loader_gives_them
hint: How many passes over the loader does one epoch make here? If it shuffles, is no sample left out?
"""

from itertools import islice


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    total = 0.0
    for number in range(len(dataloader)):
        X, y = next(islice(dataloader, number, None))
        total += train_step(model, X, y, loss_fn, optimizer)
    return total / len(dataloader)
