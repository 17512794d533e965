"""m * 1 makes whole numbers of bools.

fails: test_with_column_keeps_the_dtype
hint: Which dtype has a product of a bool and a whole number?
"""


def with_column(m, j, value):
    result = m * 1
    result[:, j] = value
    return result
