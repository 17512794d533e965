"""j = 0 counts as false, so the first column stays.

fails: test_sets_any_column_from_first_to_last
hint: When is a number true in an if? Try the first column.
"""


def with_column(m, j, value):
    result = m.clone()
    if j:
        result[:, j] = value
    return result
