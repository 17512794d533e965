"""The numbers are int64.

fails: test_gives_zeros_then_ones, test_fills_a_shape_with_any_number_of_axes,
test_makes_new_tensors_at_each_call
hint: The values are right: which dtype is asked for, and who decides it here?
"""


def zeros_and_ones(shape):
    return torch.full(shape, 0), torch.full(shape, 1)
