"""The function under another name."""


from torch import transpose as swapped


def transpose(m):
    return swapped(m, 0, 1)
