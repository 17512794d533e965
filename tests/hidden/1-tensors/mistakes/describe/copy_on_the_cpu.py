"""The tensor is brought to the CPU first, and then asked where it is.

fails: test_tells_the_device_third
hint: Which tensor do you ask for its device: the one that you were given, or a copy?
"""


def describe(t):
    t = t.detach().cpu()
    return t.shape, t.dtype, t.device
