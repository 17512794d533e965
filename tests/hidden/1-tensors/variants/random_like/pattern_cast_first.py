"""The pattern is cast before it is copied in kind."""


def random_like(t):
    return torch.rand_like(t.float())
