"""The number of the device is left out.

fails: test_tells_the_device_third
hint: A machine may have several GPUs: does the device that comes back say which one it is?
"""


def describe(t):
    return t.shape, t.dtype, torch.device(t.device.type)
