"""The device made sure of, by keyword, always a copy."""


def to_device(t, device):
    return t.to(device=torch.device(device), copy=True)
