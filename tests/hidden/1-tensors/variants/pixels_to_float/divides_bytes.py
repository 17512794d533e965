"""PyTorch divides bytes into float32 by itself."""


def pixels_to_float(a):
    return torch.div(torch.from_numpy(a), 255)
