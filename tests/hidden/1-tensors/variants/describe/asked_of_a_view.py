"""A view without axes of size 1 is printed, and t is as it was."""


def describe(t):
    print("without axes of size 1:", t.squeeze().shape)
    return t.shape, t.dtype, t.device
