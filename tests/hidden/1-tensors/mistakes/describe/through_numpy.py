"""The shape is asked of the NumPy array, which only a tensor on the CPU has.

fails: test_tells_the_device_third
hint: Not every tensor can leave PyTorch. Can the tensor itself tell this?
"""


def describe(t):
    array = t.numpy()
    return array.shape, t.dtype, t.device
