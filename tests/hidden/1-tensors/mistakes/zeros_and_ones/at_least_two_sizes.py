"""The first two sizes are taken for given.

fails: test_fills_a_shape_with_any_number_of_axes
hint: How many sizes may a shape have? Does your code count on a number of them?
"""


def zeros_and_ones(shape):
    return torch.zeros(shape[0], shape[1], *shape[2:]), torch.ones(shape[0], shape[1], *shape[2:])
