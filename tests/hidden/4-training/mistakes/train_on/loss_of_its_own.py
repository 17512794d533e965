"""The loss is cross entropy, whatever loss_fn is given.

fails: test_trains_on_the_cpu_as_train_does
hint: Which loss is trained with if another loss_fn is given?
"""


def train_on(dataloader, model, loss_fn, optimizer, device):
    loss_fn = nn.CrossEntropyLoss()
    model.train()
    total = 0.0
    for X, y in dataloader:
        X, y = X.to(device), y.to(device)
        total += train_step(model, X, y, loss_fn, optimizer)
    return total / len(dataloader)
