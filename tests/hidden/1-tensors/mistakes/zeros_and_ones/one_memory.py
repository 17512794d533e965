"""Both names stand for one tensor, so adding 1 changes both.

fails: test_gives_zeros_then_ones, test_fills_a_shape_with_any_number_of_axes,
test_makes_new_tensors_at_each_call
hint: Both came back with the same numbers. How many tensors does your function make?
"""


def zeros_and_ones(shape):
    zeros = torch.zeros(shape)
    ones = zeros
    ones += 1
    return zeros, ones
