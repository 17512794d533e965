"""The tensor is cast on the way.

fails: test_to_device_keeps_the_dtype
hint: A move keeps the dtype. Which step asks for another?
"""


def to_device(t, device):
    return t.to(device).float()
