"""The answers are printed, and None comes back.

fails: test_tells_the_shape_first, test_tells_the_dtype_second, test_tells_the_device_third
hint: print shows something to people; a caller gets only what return gives.
"""


def describe(t):
    print(t.shape, t.dtype, t.device)
