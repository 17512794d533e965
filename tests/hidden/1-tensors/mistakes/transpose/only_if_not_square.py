"""A square matrix stays as it is.

fails: test_swaps_the_axes_of_a_square_matrix_too
hint: Is a square matrix transposed too? Its shape does not show it, its numbers do.
"""


def transpose(m):
    rows, columns = m.shape
    return m if rows == columns else m.T
