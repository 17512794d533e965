"""Only whole numbers are cast, and float64 stays float64.

fails: test_gives_float32_for_a_tensor_of_any_dtype
hint: Which floats come back where t holds floats of another kind?
"""


def random_like(t):
    if not t.is_floating_point():
        t = t.float()
    return torch.rand_like(t)
