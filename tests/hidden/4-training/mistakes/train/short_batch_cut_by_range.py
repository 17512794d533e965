"""The number of batches is rounded down, so that the short last one is left out.

fails: test_uses_the_short_last_batch
hint: May the last batch be shorter than the others, and is it used then?
"""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    batches = len(dataloader.dataset) // dataloader.batch_size
    losses = []
    for _, (X, y) in zip(range(batches), dataloader):
        losses.append(train_step(model, X, y, loss_fn, optimizer))
    return sum(losses) / len(losses)
