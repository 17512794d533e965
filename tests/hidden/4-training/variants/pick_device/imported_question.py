"""The question is imported by its name."""


from torch.cuda import is_available


def pick_device():
    return torch.device("cuda") if is_available() else torch.device("cpu")
