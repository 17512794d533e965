"""A tuple whose places have names."""


from typing import NamedTuple


class Parts(NamedTuple):
    row: torch.Tensor
    column: torch.Tensor


def first_row_and_column(m):
    return Parts(row=m[0], column=m[..., 0])
