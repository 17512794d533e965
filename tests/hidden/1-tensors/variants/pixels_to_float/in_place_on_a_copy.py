"""float() has made a copy of the bytes, so it may be written into."""


def pixels_to_float(a):
    t = torch.from_numpy(a).float()
    t /= 255
    return t
