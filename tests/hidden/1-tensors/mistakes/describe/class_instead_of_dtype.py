"""type() gives the class torch.Tensor.

fails: test_tells_the_dtype_second
hint: The class is the same for all tensors. Which of the tensor's attributes tells what its
elements are?
"""


def describe(t):
    return t.shape, type(t), t.device
