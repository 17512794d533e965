"""Only the first is unpacked by islice."""


import itertools


def first_batch(loader):
    ((X, y),) = itertools.islice(loader, 1)
    return X, y
