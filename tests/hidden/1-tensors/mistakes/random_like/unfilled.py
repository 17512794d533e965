"""empty_like leaves what the memory held before.

fails: test_draws_uniform_numbers_in_the_shape_of_t
hint: empty_like fills nothing: which function draws numbers?
"""


def random_like(t):
    return torch.empty_like(t, dtype=torch.float32)
