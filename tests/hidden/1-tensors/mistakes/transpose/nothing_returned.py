"""The result is computed and dropped.

fails: test_swaps_the_axes, test_transpose_keeps_the_dtype, test_is_a_view,
test_lets_gradients_through, test_transpose_leaves_m_as_it_was,
test_transpose_stays_on_the_device_of_m
hint: Nothing comes back. Is the transposed matrix handed to the caller?
"""


def transpose(m):
    m.T
