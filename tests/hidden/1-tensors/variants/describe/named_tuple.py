"""A tuple whose places have names."""


from collections import namedtuple

Description = namedtuple("Description", "shape dtype device")


def describe(t):
    return Description(t.shape, t.dtype, t.device)
