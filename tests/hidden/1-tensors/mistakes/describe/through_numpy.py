"""The shape is asked of the NumPy array, which only a tensor on the CPU has.

fails: test_tells_the_device_third
hint: NumPy works on the CPU only, and a tensor knows its own shape: need it leave torch?
"""


def describe(t):
    array = t.numpy()
    return array.shape, t.dtype, t.device
