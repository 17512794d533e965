"""By way of the CPU."""


def to_device(t, device):
    return t.cpu().to(torch.device(device), t.dtype)
