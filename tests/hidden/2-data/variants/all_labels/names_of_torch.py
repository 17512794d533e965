"""cat, imported by name."""


from torch import *


def all_labels(loader):
    return cat([y for X, y in loader])
