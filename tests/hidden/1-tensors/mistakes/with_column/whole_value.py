"""The value is made a whole number.

fails: test_with_column_keeps_the_dtype
hint: Does the value reach the column as it is, with what stands behind the point?
"""


def with_column(m, j, value):
    result = m.clone()
    result[:, j] = int(value)
    return result
