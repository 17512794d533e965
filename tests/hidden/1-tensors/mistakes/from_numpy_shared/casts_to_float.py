"""The tensor is cast to float32, which makes a copy of any other dtype.

fails: test_keeps_the_dtype, test_shows_what_is_written_into_the_array_later
hint: The tensor has another dtype than the array. Can it share its memory then?
"""


def from_numpy_shared(a):
    return torch.from_numpy(a).float()
