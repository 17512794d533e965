"""The model is brought to the CPU and trained there, whatever the device.

fails: test_moves_every_batch_to_the_device
hint: The caller has decided on a device. Where is the model after your function?
"""


def train_on(dataloader, model, loss_fn, optimizer, device):
    model.to("cpu")
    model.train()
    total = 0.0
    for X, y in dataloader:
        total += train_step(model, X, y, loss_fn, optimizer)
    return total / len(dataloader)
