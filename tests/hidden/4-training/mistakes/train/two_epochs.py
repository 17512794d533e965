"""The loop over the batches runs twice: training and the mean both go wrong.

fails: test_every_batch_moves_the_weights_once, test_returns_the_mean_loss_over_the_batches
hint: How often is each batch used in one call? The epochs are counted elsewhere.
"""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    losses = []
    for epoch in range(2):
        for X, y in dataloader:
            losses.append(train_step(model, X, y, loss_fn, optimizer))
    return sum(losses) / len(losses)
