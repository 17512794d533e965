"""cuda() stands in the code, whatever the device is: an error without a GPU.

fails: test_trains_on_the_cpu_as_train_does, test_moves_every_batch_to_the_device
hint: Without a GPU your function fails. Which device does it use, and what is the argument device for?
"""


def train_on(dataloader, model, loss_fn, optimizer, device):
    model.train()
    total = 0.0
    for X, y in dataloader:
        total += train_step(model, X.cuda(), y.cuda(), loss_fn, optimizer)
    return total / len(dataloader)
