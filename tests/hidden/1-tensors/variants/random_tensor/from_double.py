"""Drawn in float64 and rounded."""


def random_tensor(shape):
    return torch.rand(shape, dtype=torch.float64).to(torch.float32)
