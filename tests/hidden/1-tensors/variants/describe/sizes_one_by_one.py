"""The sizes are asked for axis by axis."""


def describe(t):
    sizes = [t.size(axis) for axis in range(t.dim())]
    return torch.Size(sizes), t.dtype, torch.device(t.device)
