"""The steps between the numbers are written down instead of asked for.

fails: test_is_a_view
hint: Do the numbers of a row always lie side by side in memory? Think of a matrix that was turned.
"""


def transpose(m):
    rows, columns = m.shape
    return m.as_strided((columns, rows), (1, columns))
