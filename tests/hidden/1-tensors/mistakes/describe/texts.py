"""dtype and device are turned into texts.

fails: test_tells_the_dtype_second, test_tells_the_device_third
hint: They are texts that only look the same. What does the tensor itself say, before it is turned
into text?
"""


def describe(t):
    return t.shape, str(t.dtype), str(t.device)
