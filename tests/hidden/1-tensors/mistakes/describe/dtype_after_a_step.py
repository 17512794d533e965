"""t * 1 makes whole numbers of bools.

fails: test_tells_the_dtype_second
hint: For a tensor of bools another dtype came back. Which step of yours decides it?
"""


def describe(t):
    values = t * 1
    return t.shape, values.dtype, t.device
