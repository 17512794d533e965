"""The number of GPUs, by a function that is imported under another name."""


from torch.cuda import device_count as gpus


def pick_device():
    return "cuda" if gpus() else "cpu"
