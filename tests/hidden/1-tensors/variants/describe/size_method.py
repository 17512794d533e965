"""size() is the same as shape."""


def describe(t):
    return t.size(), t.dtype, t.device
