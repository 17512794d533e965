"""Every tensor of floats is taken for the usual kind.

fails: test_tells_the_dtype_second
hint: There are several kinds of floats: which one does this tensor hold?
"""


def describe(t):
    dtype = torch.get_default_dtype() if t.is_floating_point() else t.dtype
    return t.shape, dtype, t.device
