"""The running sum is set back after 100 batches, and still divided by all.

fails: test_mean_loss_is_a_float_in_every_epoch
hint: Which losses are in your sum when the last of 150 batches is over?
"""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    running = 0.0
    for i, (X, y) in enumerate(dataloader):
        running += train_step(model, X, y, loss_fn, optimizer)
        if i % 100 == 99:
            print(running / 100)
            running = 0.0
    return running / len(dataloader)
