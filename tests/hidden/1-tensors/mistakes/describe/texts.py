"""dtype and device are turned into texts.

fails: test_tells_the_dtype_second, test_tells_the_device_third
hint: str() makes a text that only looks the same: return the tensor's own answers.
"""


def describe(t):
    return t.shape, str(t.dtype), str(t.device)
