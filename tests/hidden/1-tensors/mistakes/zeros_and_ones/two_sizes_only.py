"""Exactly two sizes are taken out of the shape.

fails: test_fills_a_shape_with_any_number_of_axes
hint: How many sizes may a shape have? Does your code count on a number of them?
"""


def zeros_and_ones(shape):
    rows, columns = shape
    return torch.zeros(rows, columns), torch.ones(rows, columns)
