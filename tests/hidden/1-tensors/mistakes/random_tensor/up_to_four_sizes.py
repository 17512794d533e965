"""One line for each number of sizes, up to four.

fails: test_takes_a_shape_with_any_number_of_axes
hint: A shape may have any number of sizes. Does your code count on some of them?
"""


def random_tensor(shape):
    if len(shape) == 1:
        return torch.rand(shape[0])
    if len(shape) == 2:
        return torch.rand(shape[0], shape[1])
    if len(shape) == 3:
        return torch.rand(shape[0], shape[1], shape[2])
    if len(shape) == 4:
        return torch.rand(shape[0], shape[1], shape[2], shape[3])
