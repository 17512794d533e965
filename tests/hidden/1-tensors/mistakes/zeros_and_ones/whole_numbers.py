"""The numbers are int64.

fails: test_gives_float32_twice
hint: The values are right, but they are whole numbers. Which step chose that dtype?
"""


def zeros_and_ones(shape):
    return torch.full(shape, 0), torch.full(shape, 1)
