"""The batches are moved, but the model stays in the mode in which it came.

fails: test_trains_on_the_cpu_as_train_does
hint: What else does train do before its loop?
"""


def train_on(dataloader, model, loss_fn, optimizer, device):
    total = 0.0
    for X, y in dataloader:
        total += train_step(model, X.to(device), y.to(device), loss_fn, optimizer)
    return total / len(dataloader)
