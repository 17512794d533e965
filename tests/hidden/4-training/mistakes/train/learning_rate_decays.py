"""The learning rate of the given optimizer is lowered at the end, so that the next epoch is another one.

fails: test_trains_with_the_loss_and_the_optimizer_it_is_given
hint: What does the next call of train find in the optimizer? Only the model is to change.
"""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    total = 0.0
    for X, y in dataloader:
        total += train_step(model, X, y, loss_fn, optimizer)
    for group in optimizer.param_groups:
        group["lr"] *= 0.9
    return total / len(dataloader)
