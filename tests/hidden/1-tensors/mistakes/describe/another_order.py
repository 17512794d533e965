"""dtype comes before shape.

fails: test_tells_the_shape_first, test_tells_the_dtype_second
hint: All three are there: look at the order, shape, dtype, device.
"""


def describe(t):
    return t.dtype, t.shape, t.device
