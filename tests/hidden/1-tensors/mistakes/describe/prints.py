"""The answers are printed, and None comes back.

fails: test_tells_the_shape_first, test_tells_the_dtype_second, test_tells_the_device_third
hint: Nothing comes back. How do the three things reach the caller?
"""


def describe(t):
    print(t.shape, t.dtype, t.device)
