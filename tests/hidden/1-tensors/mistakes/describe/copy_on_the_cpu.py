"""The tensor is brought to the CPU first, and then asked where it is.

fails: test_tells_the_device_third
hint: Which tensor is asked for its device: the one that was handed in, or another?
"""


def describe(t):
    t = t.detach().cpu()
    return t.shape, t.dtype, t.device
