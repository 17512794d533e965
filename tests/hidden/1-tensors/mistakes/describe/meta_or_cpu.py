"""Every device but meta is taken for the CPU.

fails: test_tells_the_device_third
hint: There are more kinds of devices than two. Who knows where this tensor is?
"""


def describe(t):
    return t.shape, t.dtype, torch.device("meta" if t.is_meta else "cpu")
