"""DLPack hands over memory between libraries."""


def from_numpy_shared(a):
    return torch.from_dlpack(a)
