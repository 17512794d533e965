"""A list instead of a tuple."""


def describe(t):
    return [getattr(t, name) for name in ("shape", "dtype", "device")]
