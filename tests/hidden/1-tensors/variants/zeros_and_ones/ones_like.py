"""The ones in the likeness of the zeros."""


def zeros_and_ones(shape):
    z = torch.zeros(shape)
    return z, torch.ones_like(z)
