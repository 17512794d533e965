"""For tensors [:] is a view, unlike for lists.

fails: test_with_column_leaves_m_as_it_was
hint: m was changed too: what is written into is a view of it. Which copy has memory of its own?
"""


def with_column(m, j, value):
    out = m[:]
    out[:, j] = value
    return out
