"""The dtype is named when the tensor is made."""


def pixels_to_float(a):
    return torch.tensor(a, dtype=torch.float32) / 255
