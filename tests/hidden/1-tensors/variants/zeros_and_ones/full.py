"""full, with floats."""


def zeros_and_ones(shape):
    return torch.full(shape, 0.0), torch.full(shape, 1.0)
