"""A class of tuples, with types."""


from typing import NamedTuple


class Three(NamedTuple):
    shape: torch.Size
    dtype: torch.dtype
    device: torch.device


def describe(t) -> Three:
    return Three(t.shape, t.dtype, t.device)
