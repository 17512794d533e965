"""The number of elements comes back too.

fails: test_tells_the_shape_first, test_tells_the_dtype_second, test_tells_the_device_third
hint: How many things does the docstring ask for, and how many come back?
"""


def describe(t):
    return t.shape, t.dtype, t.device, t.numel()
