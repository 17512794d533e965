"""The sizes are taken as a pattern of values.

fails: test_gives_zeros_then_ones, test_fills_a_shape_with_any_number_of_axes,
test_makes_new_tensors_at_each_call
hint: zeros_like takes a tensor as a pattern, and here the pattern is the list of sizes: use
zeros.
"""


def zeros_and_ones(shape):
    pattern = torch.tensor(shape, dtype=torch.float32)
    return torch.zeros_like(pattern), torch.ones_like(pattern)
