"""The column is the row of the conjugate transpose.

fails: test_finds_row_and_column_of_a_turned_matrix
hint: For complex numbers, which kind of transpose changes the numbers too?
"""


def first_row_and_column(m):
    return m[0], m.adjoint()[0]
