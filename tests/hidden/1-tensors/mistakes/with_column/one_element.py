"""Only the first element of the column is set.

fails: test_sets_the_column, test_sets_any_column_from_first_to_last,
test_with_column_keeps_the_dtype, test_with_column_leaves_m_as_it_was,
test_makes_a_new_matrix_at_each_call, test_with_column_stays_on_the_device_of_m
hint: Not every row of the column was set. Which rows does the index pick?
"""


def with_column(m, j, value):
    result = m.clone()
    result[0, j] = value
    return result
