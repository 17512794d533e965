"""squeeze takes the axis of a single row away first.

fails: test_swaps_the_axes
hint: A matrix with one row has two axes too: are both still there in the result?
"""


def transpose(m):
    return m.squeeze().t()
