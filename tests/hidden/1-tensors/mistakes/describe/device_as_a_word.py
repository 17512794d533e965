"""The device is the text 'cpu'.

fails: test_tells_the_device_third
hint: A device is a value of its own type, not a text, and it differs from tensor to tensor.
"""


def describe(t):
    return tuple(t.shape), t.dtype, "cpu"
