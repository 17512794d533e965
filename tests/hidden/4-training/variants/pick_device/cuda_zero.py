"""Looks at CUDA alone and names its first device."""


def pick_device():
    return torch.device("cuda:0") if torch.cuda.is_available() else torch.device("cpu")
