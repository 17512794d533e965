"""The new matrix holds zeros elsewhere.

fails: test_sets_the_column, test_sets_any_column_from_first_to_last,
test_with_column_keeps_the_dtype, test_with_column_leaves_m_as_it_was
hint: The other columns are gone. Which copy takes the numbers along?
"""


def with_column(m, j, value):
    result = torch.zeros_like(m)
    result[:, j] = value
    return result
