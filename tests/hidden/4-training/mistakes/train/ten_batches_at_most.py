"""The loop ends after ten batches, however many there are.

fails: test_takes_the_batches_as_the_loader_gives_them
hint: With many batches, the last ones are not used. When does your loop end?
"""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    losses = []
    for number, (X, y) in enumerate(dataloader):
        if number == 10:
            break
        losses.append(train_step(model, X, y, loss_fn, optimizer))
    return sum(losses) / len(losses)
