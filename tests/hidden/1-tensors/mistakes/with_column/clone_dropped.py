"""The clone is made and not kept.

fails: test_with_column_leaves_m_as_it_was
hint: It is m itself that is written into and comes back. Where is the copy?
"""


def with_column(m, j, value):
    m.clone()
    m[:, j] = value
    return m
