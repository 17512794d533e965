"""Asks torch.accelerator, which knows all kinds."""


def pick_device():
    if torch.accelerator.is_available():
        return torch.accelerator.current_accelerator()
    return torch.device("cpu")
