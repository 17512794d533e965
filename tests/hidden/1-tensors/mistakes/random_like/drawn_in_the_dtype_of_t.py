"""Floats are drawn in t's dtype and made float32 afterwards.

fails: test_random_like_draws_numbers_with_all_their_digits
hint: How many different numbers between 0 and 1 can t's dtype hold, if it is float16? In which dtype are yours drawn?
"""


def random_like(t):
    if not t.is_floating_point():
        return torch.rand(t.shape, device=t.device)
    return torch.rand(t.shape, dtype=t.dtype, device=t.device).to(torch.float32)
