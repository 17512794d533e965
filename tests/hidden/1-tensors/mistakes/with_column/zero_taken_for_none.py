"""j = 0 counts as false, so the first column stays.

fails: test_sets_any_column_from_first_to_last
hint: The first column stays as it was. When does a number count as true?
"""


def with_column(m, j, value):
    result = m.clone()
    if j:
        result[:, j] = value
    return result
