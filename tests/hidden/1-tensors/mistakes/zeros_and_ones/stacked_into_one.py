"""One tensor comes back that holds both.

fails: test_gives_zeros_then_ones, test_fills_a_shape_with_any_number_of_axes,
test_gives_float32_twice
hint: One tensor came back that holds both. How does a function return two things?
"""


def zeros_and_ones(shape):
    return torch.stack([torch.zeros(shape), torch.ones(shape)])
