"""Two sizes are expected.

fails: test_draws_uniform_numbers_in_the_shape_of_t
hint: How many axes may t have? Does your code count on two?
"""


def random_like(t):
    rows, columns = t.shape
    return torch.rand(rows, columns, device=t.device)
