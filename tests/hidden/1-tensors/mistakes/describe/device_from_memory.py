"""The device is written down instead of asked for.

fails: test_tells_the_device_third
hint: Not every tensor is on the CPU. Who knows where this one is?
"""


def describe(t):
    return t.shape, t.dtype, torch.device("cpu")
