"""The column of a square matrix is written into m itself.

fails: test_makes_a_new_matrix_at_each_call
hint: Look at a square m after the call: is it as it was?
"""


def with_column(m, j, value):
    rows, columns = m.shape
    result = m if rows == columns else m.clone()
    result[:, j] = value
    return result
