"""A square matrix is copied.

fails: test_is_a_view
hint: Try a square matrix: does the result show what is written into m later?
"""


def transpose(m):
    turned = m.T
    return turned.clone() if turned.shape == m.shape else turned
