"""Only the first two sizes are used.

fails: test_fills_a_shape_with_any_number_of_axes
hint: torch.zeros takes the whole tuple: there is no need to know how many sizes it has.
"""


def zeros_and_ones(shape):
    return torch.zeros(shape[:2]), torch.ones(shape[:2])
