"""size is a method, and it was not called.

fails: test_tells_the_shape_first
hint: t.size without parentheses is the method itself: call it, or take the attribute t.shape.
"""


def describe(t):
    return t.size, t.dtype, t.device
