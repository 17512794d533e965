"""m * 1 makes whole numbers of bools.

fails: test_with_column_keeps_the_dtype
hint: True and False became whole numbers. Which step decides that dtype?
"""


def with_column(m, j, value):
    result = m * 1
    result[:, j] = value
    return result
