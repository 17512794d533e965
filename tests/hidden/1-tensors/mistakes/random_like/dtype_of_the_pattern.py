"""rand_like keeps the pattern's dtype, which may hold no fractions.

fails: test_gives_float32_for_a_tensor_of_any_dtype
hint: Between 0 and 1 there are no whole numbers to draw. Which dtype shall the result have, and who
says so?
"""


def random_like(t):
    return torch.rand_like(t)
