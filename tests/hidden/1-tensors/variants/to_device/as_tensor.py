"""as_tensor, with a device."""


def to_device(t, device):
    return torch.as_tensor(t, device=device)
