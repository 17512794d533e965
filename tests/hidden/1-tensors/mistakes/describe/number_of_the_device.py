"""get_device gives a number, -1 on the CPU.

fails: test_tells_the_device_third
hint: get_device() is the number of a graphics card and -1 elsewhere; the device itself is
t.device.
"""


def describe(t):
    return t.shape, t.dtype, t.get_device()
