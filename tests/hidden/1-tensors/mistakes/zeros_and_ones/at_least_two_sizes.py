"""The first two sizes are taken for given.

fails: test_fills_a_shape_with_any_number_of_axes
hint: A shape may have any number of sizes. Does your code count on some of them?
"""


def zeros_and_ones(shape):
    return torch.zeros(shape[0], shape[1], *shape[2:]), torch.ones(shape[0], shape[1], *shape[2:])
