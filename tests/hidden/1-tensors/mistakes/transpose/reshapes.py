"""The numbers are poured into the other shape in their old order.

fails: test_swaps_the_axes, test_transpose_keeps_the_dtype, test_is_a_view,
test_lets_gradients_through, test_transpose_leaves_m_as_it_was
hint: The shape is right, but the numbers are poured into it in their old order: where should row 0
stand?
"""


def transpose(m):
    return m.reshape(m.shape[1], m.shape[0])
