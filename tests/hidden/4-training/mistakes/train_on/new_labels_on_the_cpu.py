"""One-hot labels are made of numbers that are still on the CPU.

fails: test_moves_every_batch_to_the_device
hint: Are the labels that the loss gets on the device, and made of what is there?
"""


def train_on(dataloader, model, loss_fn, optimizer, device):
    model.train()
    total = 0.0
    for X, y in dataloader:
        logits = model(X.to(device))
        labels = torch.zeros(logits.shape)
        labels[torch.arange(len(y)), y] = 1.0
        loss = loss_fn(logits, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(dataloader)
