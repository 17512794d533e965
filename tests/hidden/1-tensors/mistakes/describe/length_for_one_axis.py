"""Where there is one axis, its length stands for the shape.

fails: test_tells_the_shape_first
hint: Which type has the shape of a tensor with a single axis?
"""


def describe(t):
    return (len(t) if t.dim() == 1 else t.shape), t.dtype, t.device
