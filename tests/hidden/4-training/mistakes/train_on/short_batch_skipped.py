"""A shorter last batch is skipped.

fails: test_returns_the_mean_loss_of_all_batches
hint: May the last batch be shorter than the others, and is it used then?
"""


def train_on(dataloader, model, loss_fn, optimizer, device):
    model.train()
    losses = []
    for X, y in dataloader:
        if len(X) == dataloader.batch_size:
            losses.append(train_step(model, X.to(device), y.to(device), loss_fn, optimizer))
    return sum(losses) / len(losses)
