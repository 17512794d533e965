"""Tries to put a tensor there."""


def pick_device():
    try:
        return torch.zeros(1).cuda().device
    except (AssertionError, RuntimeError):
        return torch.device("cpu")
