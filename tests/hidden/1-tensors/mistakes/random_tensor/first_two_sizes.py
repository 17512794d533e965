"""Only the first two sizes are used.

fails: test_takes_a_shape_with_any_number_of_axes
hint: torch.rand takes the whole tuple: there is no need to know how many sizes it has.
"""


def random_tensor(shape):
    return torch.rand(shape[:2])
