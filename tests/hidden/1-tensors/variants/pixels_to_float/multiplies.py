"""Times one 255th."""


def pixels_to_float(a):
    return torch.as_tensor(a, dtype=torch.float32).mul(1 / 255)
