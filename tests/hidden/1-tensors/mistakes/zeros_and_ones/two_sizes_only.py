"""Exactly two sizes are taken out of the shape.

fails: test_fills_a_shape_with_any_number_of_axes
hint: A shape may have any number of sizes. Does your code count on some of them?
"""


def zeros_and_ones(shape):
    rows, columns = shape
    return torch.zeros(rows, columns), torch.ones(rows, columns)
