"""The column is the row of the conjugate transpose.

fails: test_finds_row_and_column_of_a_turned_matrix
hint: Complex numbers came back changed in the column. Which step changes them?
"""


def first_row_and_column(m):
    return m[0], m.adjoint()[0]
