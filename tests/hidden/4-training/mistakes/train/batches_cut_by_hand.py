"""The batches are cut from the data set: the loader's own order is not used.

fails: test_takes_the_batches_as_the_loader_gives_them
hint: In which order does the loader give the samples, and in which order are they used here?
"""


def train(dataloader, model, loss_fn, optimizer):
    model.train()
    samples, size = dataloader.dataset, dataloader.batch_size
    losses = []
    for start in range(0, len(samples), size):
        chosen = [samples[i] for i in range(start, min(start + size, len(samples)))]
        X = torch.stack([image for image, _ in chosen])
        y = torch.stack([label for _, label in chosen])
        losses.append(train_step(model, X, y, loss_fn, optimizer))
    return sum(losses) / len(losses)
