"""NumPy makes float64 of floats.

fails: test_makes_float32_of_floats
hint: The floats came back as float64. Which step chose that dtype?
"""


def from_list(values):
    return torch.from_numpy(np.array(values))
