"""The number of elements comes back too.

fails: test_gives_exactly_three_things
hint: How many things does the docstring ask for, and how many come back?
"""


def describe(t):
    return t.shape, t.dtype, t.device, t.numel()
