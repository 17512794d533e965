"""len gives the size of the first axis only.

fails: test_tells_the_shape_first
hint: len() counts along the first axis only; the sizes of all axes are in t.shape.
"""


def describe(t):
    return len(t), t.dtype, t.device
