"""The numbers go through float64 and back.

fails: test_to_device_keeps_the_dtype
hint: Large whole numbers lost their last digits. Are the numbers floats on the way?
"""


def to_device(t, device):
    return t.double().to(device).to(t.dtype)
