"""The losses are added up and not divided.

fails: test_returns_the_mean_loss_of_all_batches
hint: The mean is asked for. By what is the sum divided?
"""


def train_on(dataloader, model, loss_fn, optimizer, device):
    model.train()
    total = 0.0
    for X, y in dataloader:
        total += train_step(model, X.to(device), y.to(device), loss_fn, optimizer)
    return total
