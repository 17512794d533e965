"""A slice, and then exactly its own axis taken away."""


def first_row_and_column(m):
    return m[:1].squeeze(0), m[:, :1].squeeze(1)
