"""empty is not filled; the ones are made from it.

fails: test_gives_zeros_then_ones, test_fills_a_shape_with_any_number_of_axes,
test_makes_new_tensors_at_each_call
hint: Memory that nobody has filled holds anything. Which step puts the zeros into it?
"""


def zeros_and_ones(shape):
    zeros = torch.empty(shape)
    return zeros, zeros + 1
