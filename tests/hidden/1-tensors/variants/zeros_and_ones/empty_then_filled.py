"""Empty memory, filled in place."""


def zeros_and_ones(shape):
    zeros, ones = torch.empty(shape), torch.empty(shape)
    zeros.zero_()
    ones.fill_(1)
    return zeros, ones
