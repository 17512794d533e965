"""rand, with shape and device of t."""


def random_like(t):
    return torch.rand(t.shape, device=t.device)
