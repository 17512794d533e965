"""The length of the data set behind the loader."""


def count_samples(loader):
    return len(loader.dataset)
