"""A square matrix is turned itself.

fails: test_transpose_leaves_m_as_it_was, test_is_a_view
hint: Whose matrix is it? Look at a square m after the call.
"""


def transpose(m):
    square = m.shape[0] == m.shape[1]
    return m.t_() if square else m.t()
