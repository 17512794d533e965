"""A named tuple is a tuple."""


from typing import NamedTuple


class Batch(NamedTuple):
    X: torch.Tensor
    y: torch.Tensor


def first_batch(loader):
    return Batch(*next(iter(loader)))
