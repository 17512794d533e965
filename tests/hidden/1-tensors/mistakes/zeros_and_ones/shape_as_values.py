"""The sizes are taken as a pattern of values.

fails: test_gives_zeros_then_ones, test_fills_a_shape_with_any_number_of_axes,
test_makes_new_tensors_at_each_call
hint: There are as many elements as the shape has sizes. Was the tuple taken as data?
"""


def zeros_and_ones(shape):
    pattern = torch.tensor(shape, dtype=torch.float32)
    return torch.zeros_like(pattern), torch.ones_like(pattern)
