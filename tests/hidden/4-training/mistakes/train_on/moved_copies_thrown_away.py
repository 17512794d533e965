""".to() gives a new tensor, which is thrown away.

fails: test_moves_every_batch_to_the_device
hint: Does .to() change the tensor itself, or give you another one?
"""


def train_on(dataloader, model, loss_fn, optimizer, device):
    model.train()
    total = 0.0
    for X, y in dataloader:
        X.to(device); y.to(device)
        loss = loss_fn(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(dataloader)
