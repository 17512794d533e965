"""get_device gives a number, -1 on the CPU.

fails: test_tells_the_device_third
hint: A number came back where a torch.device is wanted. Which attribute of the tensor is one?
"""


def describe(t):
    return t.shape, t.dtype, t.get_device()
