"""Each sample is made a row of numbers on its way to the device, which not every model wants.

fails: test_takes_the_batches_as_the_loader_gives_them_on_the_cpu
hint: Does each step get the batch as the loader gives it, with all its axes?
"""


def train_on(dataloader, model, loss_fn, optimizer, device):
    model.train()
    losses = []
    for X, y in dataloader:
        X = X.view(X.size(0), -1).to(device)
        losses.append(train_step(model, X, y.to(device), loss_fn, optimizer))
    return sum(losses) / len(losses)
