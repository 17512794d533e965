"""cat, imported by name."""


from torch import cat


def all_labels(loader):
    return cat([y for X, y in loader])
