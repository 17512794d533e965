"""Exactly two sizes are taken out of the shape.

fails: test_fills_a_shape_with_any_number_of_axes
hint: torch.zeros takes the whole tuple: there is no need to know how many sizes it has.
"""


def zeros_and_ones(shape):
    rows, columns = shape
    return torch.zeros(rows, columns), torch.ones(rows, columns)
