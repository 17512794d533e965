"""A single number is given a size.

fails: test_tells_the_shape_first
hint: A single number has no axis: how many sizes has its shape then?
"""


def describe(t):
    return tuple(t.shape) or (1,), t.dtype, t.device
