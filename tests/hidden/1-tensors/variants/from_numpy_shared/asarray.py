"""asarray, as in the array API standard."""


def from_numpy_shared(a):
    shared = torch.asarray(a, copy=False)
    return shared
