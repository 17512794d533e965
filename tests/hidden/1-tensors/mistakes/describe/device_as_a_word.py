"""The device is the text 'cpu'.

fails: test_tells_the_device_third
hint: The device came back as a text. What does the tensor itself say of its device?
"""


def describe(t):
    return tuple(t.shape), t.dtype, "cpu"
