"""The sizes as arguments, the pair as a list."""


def zeros_and_ones(shape):
    return [torch.zeros(*shape), torch.ones(*shape)]
