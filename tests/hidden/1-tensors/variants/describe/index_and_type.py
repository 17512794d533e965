"""The device is put together again from what it tells."""


def describe(t):
    place = t.device
    return t.shape, t.dtype, torch.device(place.type, place.index or 0) if place.index is not None else place
