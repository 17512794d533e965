"""torch.transpose with negative axes."""


def transpose(m):
    swapped = torch.transpose(m, -1, -2)
    return swapped
