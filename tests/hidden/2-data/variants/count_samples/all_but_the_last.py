"""All batches but the last are as large as the first."""


def count_samples(loader):
    sizes = [len(y) for X, y in loader]
    return (len(sizes) - 1) * sizes[0] + sizes[-1]
