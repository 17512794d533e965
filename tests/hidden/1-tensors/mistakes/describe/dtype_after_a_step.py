"""t * 1 makes whole numbers of bools.

fails: test_tells_the_dtype_second
hint: Is it t itself that is asked, or what a calculation made of it?
"""


def describe(t):
    values = t * 1
    return t.shape, values.dtype, t.device
