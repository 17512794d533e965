"""Of three axes the first is taken for the batch, and left out.

fails: test_tells_the_shape_first
hint: How many axes has t, and how many sizes come back?
"""


def describe(t):
    sizes = tuple(t.shape)
    return (sizes[1:] if len(sizes) == 3 else sizes), t.dtype, t.device
