"""Every accelerator is taken for NVIDIA's or overlooked.

fails: test_tells_the_device_third
hint: There are more kinds of devices than two. Who knows where this tensor is?
"""


def describe(t):
    device = torch.device("cuda", t.get_device()) if t.is_cuda else torch.device("cpu")
    return t.shape, t.dtype, device
