"""view pours the numbers into the other shape.

fails: test_swaps_the_axes, test_swaps_the_axes_of_a_square_matrix_too,
test_transpose_keeps_the_dtype, test_is_a_view, test_lets_gradients_through,
test_transpose_leaves_m_as_it_was, test_transpose_stays_on_the_device_of_m
hint: The shape is right, but the numbers are poured into it in their old order: where should row 0
stand?
"""


def transpose(m):
    rows, columns = m.shape
    return m.view(columns, rows)
