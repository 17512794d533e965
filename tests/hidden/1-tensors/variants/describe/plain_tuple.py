"""A plain tuple of sizes."""


def describe(t):
    shape = tuple(t.shape)
    kind, place = t.dtype, t.device
    return (shape, kind, place)
