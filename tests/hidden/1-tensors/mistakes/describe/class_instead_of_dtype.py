"""type() gives the class torch.Tensor.

fails: test_tells_the_dtype_second
hint: type() tells the Python class; what its elements are is an attribute of the tensor, t.dtype.
"""


def describe(t):
    return t.shape, type(t), t.device
