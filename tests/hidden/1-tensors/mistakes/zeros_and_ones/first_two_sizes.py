"""Only the first two sizes are used.

fails: test_fills_a_shape_with_any_number_of_axes
hint: Are all sizes of the shape used, however many there are?
"""


def zeros_and_ones(shape):
    return torch.zeros(shape[:2]), torch.ones(shape[:2])
