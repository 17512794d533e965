"""The first two sizes are taken for given.

fails: test_takes_a_shape_with_any_number_of_axes
hint: A shape may have any number of sizes. Does your code count on some of them?
"""


def random_tensor(shape):
    return torch.rand(shape[0], shape[1], *shape[2:])
