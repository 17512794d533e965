"""The tensor no longer requires a gradient afterwards.

fails: test_describe_leaves_t_as_it_was
hint: Ask t.requires_grad before and after the call: is it the same?
"""


def describe(t):
    t.requires_grad = False
    return t.shape, t.dtype, t.device
