"""The numbers go through float64 and back.

fails: test_to_device_keeps_the_dtype
hint: float64 holds about 16 digits: what becomes of larger whole numbers on the way through it?
"""


def to_device(t, device):
    return t.double().to(device).to(t.dtype)
