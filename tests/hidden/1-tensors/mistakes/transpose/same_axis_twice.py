"""An axis is swapped with itself, so nothing changes.

fails: test_swaps_the_axes, test_transpose_keeps_the_dtype, test_is_a_view,
test_lets_gradients_through, test_transpose_leaves_m_as_it_was
hint: The matrix came back as it was. Which two axes change places?
"""


def transpose(m):
    return m.transpose(0, 0)
