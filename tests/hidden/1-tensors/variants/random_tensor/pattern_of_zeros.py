"""In the likeness of zeros."""


def random_tensor(shape):
    return torch.rand_like(torch.zeros(shape))
