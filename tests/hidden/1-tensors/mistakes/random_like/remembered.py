"""The result is kept and handed out again for the same tensor.

fails: test_random_like_draws_new_numbers_at_each_call
hint: What comes when the function is called twice with one and the same tensor?
"""


from functools import lru_cache


@lru_cache
def random_like(t):
    return torch.rand_like(t, dtype=torch.float32)
