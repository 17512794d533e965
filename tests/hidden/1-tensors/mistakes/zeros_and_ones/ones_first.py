"""The pair is the wrong way round.

fails: test_gives_zeros_then_ones, test_fills_a_shape_with_any_number_of_axes,
test_makes_new_tensors_at_each_call
hint: Both are there. Which of them does the docstring name first?
"""


def zeros_and_ones(shape):
    return torch.ones(shape), torch.zeros(shape)
