"""Only the first two sizes are used.

fails: test_takes_a_shape_with_any_number_of_axes
hint: Are all sizes of the shape used, however many there are?
"""


def random_tensor(shape):
    return torch.rand(shape[:2])
