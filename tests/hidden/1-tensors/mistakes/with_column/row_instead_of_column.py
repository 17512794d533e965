"""A single index picks the row.

fails: test_sets_the_column, test_sets_any_column_from_first_to_last,
test_with_column_keeps_the_dtype, test_with_column_leaves_m_as_it_was
hint: The first index is the row's: what stands for “every row” before the j?
"""


def with_column(m, j, value):
    result = m.clone()
    result[j] = value
    return result
