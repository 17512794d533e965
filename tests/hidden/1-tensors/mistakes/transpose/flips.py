"""The order of rows and columns is reversed, the axes stay.

fails: test_swaps_the_axes, test_transpose_keeps_the_dtype, test_is_a_view,
test_lets_gradients_through, test_transpose_leaves_m_as_it_was
hint: Did you reverse the axes, or the order along them? Follow the number in a corner.
"""


def transpose(m):
    return m.flip(0, 1)
