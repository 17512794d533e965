"""t_() turns the caller's own matrix.

fails: test_is_a_view, test_lets_gradients_through, test_transpose_leaves_m_as_it_was
hint: The caller's own matrix is turned. Which step works on m itself?
"""


def transpose(m):
    return m.t_()
