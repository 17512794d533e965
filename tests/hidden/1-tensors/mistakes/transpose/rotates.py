"""A turn by 90 degrees: the shape is right, the columns are not.

fails: test_swaps_the_axes, test_transpose_keeps_the_dtype, test_is_a_view,
test_lets_gradients_through, test_transpose_leaves_m_as_it_was
hint: A turn is not a reflection: where does the first row go?
"""


def transpose(m):
    return torch.rot90(m)
