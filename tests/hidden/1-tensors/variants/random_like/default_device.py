"""The device of t is the default while numbers are drawn."""


def random_like(t):
    with torch.device(t.device):
        return torch.rand(t.shape)
