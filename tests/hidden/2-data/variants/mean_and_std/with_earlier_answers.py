"""With the loaders of exercise 3."""


def mean_and_std(dataset):
    _, loader = make_loaders(dataset, dataset, batch_size=500)
    pixels = torch.cat([X.flatten() for X, y in loader])
    assert count_samples(loader) == len(dataset)
    return [pixels.mean().item(), pixels.std().item()]
