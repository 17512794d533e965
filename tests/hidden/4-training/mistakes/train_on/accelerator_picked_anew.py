"""The machine's accelerator is taken, also where the caller wants the CPU.

fails: test_moves_every_batch_to_the_device
hint: The caller has decided on a device. Is it the one that you use?
"""


def train_on(dataloader, model, loss_fn, optimizer, device):
    if torch.accelerator.is_available():
        device = torch.accelerator.current_accelerator()
    model.train()
    total = 0.0
    for X, y in dataloader:
        total += train_step(model, X.to(device), y.to(device), loss_fn, optimizer)
    return total / len(dataloader)
