"""One line for each number of sizes, up to three.

fails: test_fills_a_shape_with_any_number_of_axes
hint: A shape may have any number of sizes. Does your code count on some of them?
"""


def zeros_and_ones(shape):
    if len(shape) == 1:
        zeros = torch.zeros(shape[0])
    elif len(shape) == 2:
        zeros = torch.zeros(shape[0], shape[1])
    elif len(shape) == 3:
        zeros = torch.zeros(shape[0], shape[1], shape[2])
    else:
        raise ValueError("one to three sizes, please")
    return zeros, zeros + 1
