"""NumPy makes float64 of floats.

fails: test_makes_float32_of_floats
hint: NumPy's floats are float64, PyTorch's float32: leave NumPy out.
"""


def from_list(values):
    return torch.from_numpy(np.array(values))
