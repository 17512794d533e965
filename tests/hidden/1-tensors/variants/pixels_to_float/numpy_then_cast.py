"""NumPy divides, PyTorch casts."""


def pixels_to_float(a):
    scaled = a / 255.0
    return torch.from_numpy(scaled).to(torch.float32)
