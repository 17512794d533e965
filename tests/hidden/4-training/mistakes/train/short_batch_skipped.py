"""A shorter last batch is skipped, so its images are never learned from.

fails: test_every_batch_moves_the_weights_once, test_returns_the_mean_loss_over_the_batches
hint: May the last batch be shorter than the others, and is it used then?
"""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    losses = []
    for X, y in dataloader:
        if len(X) < dataloader.batch_size:
            continue
        losses.append(train_step(model, X, y, loss_fn, optimizer))
    return sum(losses) / len(losses)
