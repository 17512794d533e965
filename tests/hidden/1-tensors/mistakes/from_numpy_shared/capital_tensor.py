"""torch.Tensor copies the numbers and makes them float32.

fails: test_keeps_the_dtype, test_shows_what_is_written_into_the_array_later
hint: torch.Tensor, the class, makes a float32 copy of whatever it gets: which function is meant
for arrays?
"""


def from_numpy_shared(a):
    return torch.Tensor(a)
