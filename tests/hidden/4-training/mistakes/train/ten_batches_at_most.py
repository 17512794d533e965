"""The loop ends after ten batches, however many there are.

fails: test_takes_the_batches_as_the_loader_gives_them
hint: How many batches does an epoch have? Does your loop come to the last one, also if there are many?
"""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    losses = []
    for number, (X, y) in enumerate(dataloader):
        if number == 10:
            break
        losses.append(train_step(model, X, y, loss_fn, optimizer))
    return sum(losses) / len(losses)
