"""The device is chosen inside, the argument is ignored.

fails: test_moves_every_batch_to_the_device
hint: The caller has decided on a device. Is it the one that you use?
"""


def train_on(dataloader, model, loss_fn, optimizer, device):
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model.train()
    total = 0.0
    for X, y in dataloader:
        total += train_step(model, X.to(device), y.to(device), loss_fn, optimizer)
    return total / len(dataloader)
