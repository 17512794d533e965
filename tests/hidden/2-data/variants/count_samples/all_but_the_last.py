"""Full batches by multiplication, the last one looked at."""


def count_samples(loader):
    for X, y in loader:
        pass
    return (len(loader) - 1) * loader.batch_size + y.size(0)
