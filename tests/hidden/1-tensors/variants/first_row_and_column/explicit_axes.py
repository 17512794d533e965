"""Both axes are always named, ellipsis included."""


def first_row_and_column(m):
    row = m[0, :]
    column = m[..., 0]
    return row, column
