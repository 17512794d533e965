"""j = 0 counts as false, so the first column stays.

fails: test_sets_any_column_from_first_to_last
hint: For j = 0 the first column stays as it was. What does your code do with 0?
"""


def with_column(m, j, value):
    result = m.clone()
    if j:
        result[:, j] = value
    return result
