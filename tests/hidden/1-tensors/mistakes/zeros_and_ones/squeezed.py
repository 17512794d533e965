"""squeeze takes axes of size 1 away.

fails: test_fills_a_shape_with_any_number_of_axes
hint: An axis of size 1 is an axis like any other: is it still there in the result?
"""


def zeros_and_ones(shape):
    return torch.zeros(shape).squeeze(), torch.ones(shape).squeeze()
