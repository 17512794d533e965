"""The clone is made and not kept.

fails: test_with_column_leaves_m_as_it_was
hint: clone() gives a new tensor and leaves m as it is: which of the two do you write into?
"""


def with_column(m, j, value):
    m.clone()
    m[:, j] = value
    return m
