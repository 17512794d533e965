"""The last column is taken for one beyond the end.

fails: test_sets_any_column_from_first_to_last
hint: Which j are allowed? Try the last column.
"""


def with_column(m, j, value):
    result = m.clone()
    if j < m.shape[1] - 1:
        result[:, j] = value
    return result
