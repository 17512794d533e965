"""result[:][j] is row j.

fails: test_sets_the_column, test_sets_any_column_from_first_to_last,
test_with_column_keeps_the_dtype, test_with_column_leaves_m_as_it_was
hint: It is row j that was set. In one pair of brackets, what stands for “every row”?
"""


def with_column(m, j, value):
    result = m.clone()
    result[:][j] = value
    return result
