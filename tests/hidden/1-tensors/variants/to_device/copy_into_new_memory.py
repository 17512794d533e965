"""Memory on the device, then the values copied into it."""


def to_device(t, device):
    there = torch.empty_like(t, device=device)
    there.copy_(t)
    return there
