"""As train, the device is ignored: right on the CPU, an error on every other device.

fails: test_moves_every_batch_to_the_device
hint: On which device is the model, and on which is the batch that the loader gives?
"""


def train_on(dataloader, model, loss_fn, optimizer, device):
    model.train()
    total = 0.0
    for X, y in dataloader:
        loss = loss_fn(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(dataloader)
