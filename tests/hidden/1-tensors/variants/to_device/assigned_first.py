"""The result under the old name."""


def to_device(t, device):
    t = t.to(device)
    return t
