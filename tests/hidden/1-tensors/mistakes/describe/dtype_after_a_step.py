"""t * 1 makes whole numbers of bools.

fails: test_tells_the_dtype_second
hint: Do you ask t itself, or what a calculation made of it?
"""


def describe(t):
    values = t * 1
    return t.shape, values.dtype, t.device
