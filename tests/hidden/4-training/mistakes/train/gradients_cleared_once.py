"""zero_grad stands before the loop: the gradients of the epoch's batches add up.

fails: test_every_batch_moves_the_weights_once, test_mean_loss_is_a_float_in_every_epoch, test_trains_in_training_mode, test_trains_with_the_loss_and_the_optimizer_it_is_given, test_uses_the_short_last_batch
hint: The gradients of earlier batches are in each step too. When are they cleared?
"""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    total = 0.0
    optimizer.zero_grad()
    for X, y in dataloader:
        loss = loss_fn(model(X), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(dataloader)
