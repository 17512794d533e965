"""The return stands inside the loop: one batch and out.

fails: test_every_batch_moves_the_weights_once, test_returns_the_mean_loss_over_the_batches
hint: Only the first batch was used. When does your loop end?
"""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    total = 0.0
    for X, y in dataloader:
        total += train_step(model, X, y, loss_fn, optimizer)
        return total / len(dataloader)
