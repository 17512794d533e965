"""The sizes as a list, which may be empty."""


def random_like(t):
    return torch.rand(list(t.shape), device=t.device)
