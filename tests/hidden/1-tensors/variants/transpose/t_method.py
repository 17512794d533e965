"""The method t."""


def transpose(m):
    return m.t()
