"""view needs numbers that lie in order.

fails: test_takes_a_matrix_of_any_form
hint: Does it work for a matrix that was made by turning another? Its numbers lie in another order.
"""


def with_column(m, j, value):
    result = m.clone()
    result.view(-1)[j :: m.shape[1]] = value
    return result
