"""The number of axes stands in the shape's place.

fails: test_tells_the_shape_first
hint: How many axes there are is less than how long each of them is. Which attribute tells all
sizes?
"""


def describe(t):
    return t.ndim, t.dtype, t.device
