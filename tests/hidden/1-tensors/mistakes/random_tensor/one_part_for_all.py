"""With three sizes or more one part is drawn, and repeated along the first.

fails: test_random_tensor_draws_numbers_with_all_their_digits
hint: With three sizes, compare the first part with the second: is each element drawn by itself?
"""


def random_tensor(shape):
    if len(shape) != 3:
        return torch.rand(shape)
    return torch.rand(shape[1:]).repeat(shape[0], 1, 1)
