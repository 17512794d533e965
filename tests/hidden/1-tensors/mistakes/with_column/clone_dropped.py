"""The clone is made and not kept.

fails: test_with_column_leaves_m_as_it_was
hint: It is m itself that you write into and return. clone() gives a new tensor and leaves m as it
is: keep what it gives, and write into that.
"""


def with_column(m, j, value):
    m.clone()
    m[:, j] = value
    return m
