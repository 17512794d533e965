"""Floats without a fraction become whole numbers.

fails: test_makes_float32_of_floats
hint: 3.0 is a float for Python, even without a fraction. What is it in your tensor?
"""


def from_list(values):
    tensor = torch.tensor(values)
    whole = tensor.is_floating_point() and tensor.dim() == 1 and bool((tensor % 1 == 0).all())
    return tensor.long() if whole else tensor
