"""The numbers go through a Python list: a copy, with an inferred dtype.

fails: test_keeps_the_dtype, test_shows_what_is_written_into_the_array_later
hint: The dtype is another and the memory is new. What of the array is lost on the way?
"""


def from_numpy_shared(a):
    return torch.tensor(a.tolist())
