"""NumPy divides, so the result is float64.

fails: test_gives_float32
hint: NumPy's floats are float64: turn the result into float32, or let PyTorch divide.
"""


def pixels_to_float(a):
    return torch.from_numpy(a / 255)
