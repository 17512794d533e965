"""All rows and all columns, and the first of each."""


def first_row_and_column(m):
    rows, columns = m.unbind(0), m.unbind(1)
    return rows[0], columns[0]
