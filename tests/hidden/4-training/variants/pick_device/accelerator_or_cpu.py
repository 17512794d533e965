"""current_accelerator gives None where there is none."""


def pick_device():
    return torch.accelerator.current_accelerator(check_available=True) or torch.device("cpu")
