"""NumPy's zeros and ones are float64.

fails: test_gives_zeros_then_ones, test_fills_a_shape_with_any_number_of_axes,
test_makes_new_tensors_at_each_call
hint: NumPy's floats are float64, PyTorch's float32: make them with PyTorch.
"""


def zeros_and_ones(shape):
    return torch.from_numpy(np.zeros(shape)), torch.from_numpy(np.ones(shape))
