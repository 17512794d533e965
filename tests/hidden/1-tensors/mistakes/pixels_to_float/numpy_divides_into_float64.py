"""NumPy divides, so the result is float64.

fails: test_gives_float32
hint: The floats came back as float64. Which step chose that dtype?
"""


def pixels_to_float(a):
    return torch.from_numpy(a / 255)
