"""The steps between the numbers are written down instead of asked for.

fails: test_finds_row_and_column_of_a_turned_matrix, test_gives_views_of_the_matrix
hint: Do the numbers of a row always lie side by side in memory? Think of a matrix that was turned.
"""


def first_row_and_column(m):
    rows, columns = m.shape
    return m.as_strided((columns,), (1,)), m.as_strided((rows,), (columns,))
