"""The loss is read through NumPy, which only works on the CPU.

fails: test_moves_every_batch_to_the_device
hint: NumPy works on the CPU only: what does item() do?
"""


def train_on(dataloader, model, loss_fn, optimizer, device):
    model.train()
    losses = []
    for X, y in dataloader:
        X, y = X.to(device), y.to(device)
        loss = loss_fn(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach().numpy())
    return float(np.mean(losses))
