"""Two parts of one tensor, which don't overlap."""


def zeros_and_ones(shape):
    both = torch.zeros(2, *shape)
    both[1] = 1.0
    return both.unbind(0)
