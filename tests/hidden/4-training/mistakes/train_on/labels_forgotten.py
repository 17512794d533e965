"""The images are moved, the labels are not.

fails: test_moves_every_batch_to_the_device
hint: The loss compares two tensors. Are both on the device?
"""


def train_on(dataloader, model, loss_fn, optimizer, device):
    model.train()
    total = 0.0
    for X, y in dataloader:
        X = X.to(device)
        total += train_step(model, X, y, loss_fn, optimizer)
    return total / len(dataloader)
