"""The batch as the loader gives it, a list."""


def first_batch(loader):
    return next(iter(loader))
