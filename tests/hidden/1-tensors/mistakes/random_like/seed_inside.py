"""The function seeds, so every call gives the same numbers.

fails: test_random_like_draws_new_numbers_at_each_call
hint: Every call gives the same numbers. Does something start the generator anew each time?
"""


def random_like(t):
    torch.manual_seed(0)
    return torch.rand_like(t, dtype=torch.float32)
