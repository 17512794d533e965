"""The value's sign is lost.

fails: test_takes_a_matrix_of_any_form
hint: Try a value below 0: which number stands in the column?
"""


def with_column(m, j, value):
    result = m.clone()
    result[:, j] = value if value > 0 else -value
    return result
