"""The labels are moved, the images are not.

fails: test_moves_every_batch_to_the_device
hint: The model is on the device. Are the images that it gets?
"""


def train_on(dataloader, model, loss_fn, optimizer, device):
    model.train()
    total = 0.0
    for X, y in dataloader:
        y = y.to(device)
        total += train_step(model, X, y, loss_fn, optimizer)
    return total / len(dataloader)
