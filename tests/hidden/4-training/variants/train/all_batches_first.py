"""All batches are taken from the loader first, in one pass, after a look at how many there are."""


def train(dataloader, model, loss_fn, optimizer):
    steps = 0
    for _ in dataloader:
        steps += 1
    batches = list(dataloader)
    assert len(batches) == steps
    model.train()
    losses = [train_step(model, *batch, loss_fn, optimizer) for batch in batches]
    return float(np.mean(losses))
