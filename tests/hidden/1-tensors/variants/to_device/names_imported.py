"""The device made by the class of its own name."""


from torch import device as device_of


def to_device(t, device):
    return t.to(device_of(device))
