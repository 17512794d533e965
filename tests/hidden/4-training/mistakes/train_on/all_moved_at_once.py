"""All the data is moved at once and cut into batches: the loader's own order is not used.

fails: test_takes_the_batches_as_the_loader_gives_them_on_the_cpu
hint: In which order does the loader give the samples, and in which order are they used here?
"""


def train_on(dataloader, model, loss_fn, optimizer, device):
    model.train()
    X, y = (tensor.to(device) for tensor in dataloader.dataset.tensors)
    losses = []
    for start in range(0, len(X), dataloader.batch_size):
        part = slice(start, start + dataloader.batch_size)
        losses.append(train_step(model, X[part], y[part], loss_fn, optimizer))
    return sum(losses) / len(losses)
