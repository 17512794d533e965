"""type() of the tensor gives an old name such as 'torch.FloatTensor'.

fails: test_tells_the_dtype_second
hint: A text came back where a torch.dtype is wanted. Which attribute of the tensor is one?
"""


def describe(t):
    return t.shape, t.type(), t.device
