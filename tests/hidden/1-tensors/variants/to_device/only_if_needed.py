"""Nothing is done where the tensor is there already."""


def to_device(t, device):
    if t.device == torch.device(device):
        return t
    return t.to(device, non_blocking=True)
