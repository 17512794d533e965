"""The argument is changed and None comes back.

fails: test_sets_the_column, test_sets_any_column_from_first_to_last,
test_with_column_keeps_the_dtype, test_with_column_leaves_m_as_it_was,
test_makes_a_new_matrix_at_each_call, test_with_column_stays_on_the_device_of_m
hint: Nothing comes back. Is the new matrix handed to the caller?
"""


def with_column(m, j, value):
    m[:, j] = value
