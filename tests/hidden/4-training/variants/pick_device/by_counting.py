"""By the number of GPUs."""


def pick_device():
    kind = "cuda" if torch.cuda.device_count() > 0 else "cpu"
    return torch.device(kind)
