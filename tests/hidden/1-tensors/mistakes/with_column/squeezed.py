"""squeeze takes the axis of a single row or column away.

fails: test_takes_a_matrix_of_any_form
hint: A matrix with one row or one column has two axes too: are both still there in the result?
"""


def with_column(m, j, value):
    result = m.clone()
    result[:, j] = value
    return result.squeeze()
