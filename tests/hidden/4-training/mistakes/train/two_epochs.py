"""The loop over the batches runs twice: training and the mean both go wrong.

fails: test_every_batch_moves_the_weights_once, test_mean_loss_is_a_float_in_every_epoch, test_trains_in_training_mode, test_trains_with_the_loss_and_the_optimizer_it_is_given, test_uses_the_short_last_batch
hint: How often is each batch used in one call? The epochs are counted elsewhere.
"""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    losses = []
    for epoch in range(2):
        for X, y in dataloader:
            losses.append(train_step(model, X, y, loss_fn, optimizer))
    return sum(losses) / len(losses)
