"""Floats without a fraction become whole numbers.

fails: test_makes_float32_of_floats
hint: Is 3.0 a whole number for Python, or a float? And for PyTorch?
"""


def from_list(values):
    tensor = torch.tensor(values)
    whole = tensor.is_floating_point() and tensor.dim() == 1 and bool((tensor % 1 == 0).all())
    return tensor.long() if whole else tensor
