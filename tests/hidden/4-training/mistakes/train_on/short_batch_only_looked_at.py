"""The short last batch counts in the mean, but no step is made from it.

fails: test_returns_the_mean_loss_of_all_batches
hint: Do the weights move after each batch, the last one too?
"""


def train_on(dataloader, model, loss_fn, optimizer, device):
    model.train()
    total = 0.0
    for X, y in dataloader:
        X, y = X.to(device), y.to(device)
        if len(X) == dataloader.batch_size:
            total += train_step(model, X, y, loss_fn, optimizer)
        else:
            total += loss_fn(model(X), y).item()
    return total / len(dataloader)
