"""Drawn in a row, then put into shape."""


def random_tensor(shape):
    count = 1
    for size in shape:
        count *= size
    return torch.rand(count).reshape(shape)
