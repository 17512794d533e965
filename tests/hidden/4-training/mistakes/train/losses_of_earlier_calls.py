"""The list of losses is made once, with the function, and grows from call to call.

fails: test_mean_loss_is_a_float_in_every_epoch
hint: The second call counts the losses of the first one too. With what does it begin?
"""


def train(dataloader, model, loss_fn, optimizer, losses=[]):
    model.train()
    for X, y in dataloader:
        losses.append(train_step(model, X, y, loss_fn, optimizer))
    return sum(losses) / len(losses)
