"""t_() turns the caller's own matrix.

fails: test_is_a_view, test_lets_gradients_through, test_transpose_leaves_m_as_it_was
hint: A name that ends in _ works on the tensor itself: here the caller's matrix is turned.
"""


def transpose(m):
    return m.t_()
