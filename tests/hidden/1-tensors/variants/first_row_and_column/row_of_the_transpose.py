"""The first row of m and of its transpose."""


def first_row_and_column(m):
    return m[0, :], m.T[0]
