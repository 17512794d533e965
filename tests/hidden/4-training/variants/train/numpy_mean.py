"""A list of losses, and NumPy's mean of it."""


def train(dataloader, model, loss_fn, optimizer):
    model.train(True)
    return np.mean([train_step(model, *batch, loss_fn, optimizer) for batch in dataloader])
