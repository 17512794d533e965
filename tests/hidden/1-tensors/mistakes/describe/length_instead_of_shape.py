"""len gives the size of the first axis only.

fails: test_tells_the_shape_first
hint: How long the first axis is says nothing of the others. Which attribute tells all sizes?
"""


def describe(t):
    return len(t), t.dtype, t.device
