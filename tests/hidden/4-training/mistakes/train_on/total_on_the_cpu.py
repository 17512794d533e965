"""The losses are added up in a tensor on the CPU, which no loss on a GPU can be added to.

fails: test_moves_every_batch_to_the_device
hint: Where is the tensor that you add the losses to? item() gives a number, which is nowhere.
"""


def train_on(dataloader, model, loss_fn, optimizer, device):
    model.train()
    total = torch.zeros(1)
    for X, y in dataloader:
        X, y = X.to(device), y.to(device)
        loss = loss_fn(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.detach()
    return total.item() / len(dataloader)
