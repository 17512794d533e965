"""swapaxes, as in NumPy."""


def transpose(m):
    return torch.swapaxes(m, 0, 1)
