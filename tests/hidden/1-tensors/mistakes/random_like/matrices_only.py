"""Two sizes are expected.

fails: test_draws_uniform_numbers_in_the_shape_of_t
hint: t may have any number of axes. Does your code count on two?
"""


def random_like(t):
    rows, columns = t.shape
    return torch.rand(rows, columns, device=t.device)
