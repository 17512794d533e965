"""type() of the tensor gives an old name such as 'torch.FloatTensor'.

fails: test_tells_the_dtype_second
hint: t.type() is the old name of the kind of tensor, a text; the dtype is t.dtype.
"""


def describe(t):
    return t.shape, t.type(), t.device
