"""One tensor comes back that holds both.

fails: test_gives_zeros_then_ones, test_fills_a_shape_with_any_number_of_axes,
test_makes_new_tensors_at_each_call
hint: Wanted are two tensors, side by side in a tuple: return them with a comma between.
"""


def zeros_and_ones(shape):
    return torch.stack([torch.zeros(shape), torch.ones(shape)])
