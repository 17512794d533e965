"""Floats are drawn in t's dtype and made float32 afterwards.

fails: test_random_like_draws_numbers_with_all_their_digits
hint: float16 holds few numbers between 0 and 1. In which dtype are yours drawn where t is float16?
"""


def random_like(t):
    if not t.is_floating_point():
        return torch.rand(t.shape, device=t.device)
    return torch.rand(t.shape, dtype=t.dtype, device=t.device).to(torch.float32)
