"""The sizes are spread out, and a single number has none.

fails: test_draws_uniform_numbers_in_the_shape_of_t
hint: Which arguments does torch.rand get where t is a single number, of shape ()?
"""


def random_like(t):
    return torch.rand(*t.shape, device=t.device)
