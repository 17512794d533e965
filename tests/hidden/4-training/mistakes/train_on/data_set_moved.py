"""The data set of the caller is moved to the device, and stays there.

fails: test_moves_every_batch_to_the_device
hint: The data set is the caller's. Where are its images after your function has ended?
"""


def train_on(dataloader, model, loss_fn, optimizer, device):
    data = dataloader.dataset
    data.tensors = tuple(part.to(device) for part in data.tensors)
    model.train()
    losses = [train_step(model, X, y, loss_fn, optimizer) for X, y in dataloader]
    return sum(losses) / len(losses)
