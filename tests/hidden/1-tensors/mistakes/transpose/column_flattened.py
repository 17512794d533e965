"""A single column becomes a tensor with one axis.

fails: test_transpose_leaves_m_as_it_was
hint: How many axes has the transpose of a matrix with one column?
"""


def transpose(m):
    return m[:, 0] if m.shape[1] == 1 else m.T
