"""torch.Tensor copies the numbers and makes them float32.

fails: test_keeps_the_dtype, test_shows_what_is_written_into_the_array_later
hint: The tensor is a copy, and its floats are float32. Which function takes over an array as it is?
"""


def from_numpy_shared(a):
    return torch.Tensor(a)
