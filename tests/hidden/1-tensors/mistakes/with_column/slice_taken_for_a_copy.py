"""For tensors [:] is a view, unlike for lists.

fails: test_with_column_leaves_m_as_it_was
hint: A slice of a tensor is a view, and so is what view() gives: write into a clone().
"""


def with_column(m, j, value):
    out = m[:]
    out[:, j] = value
    return out
