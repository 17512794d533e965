"""The shape is lost.

fails: test_holds_the_values_of_the_array, test_keeps_the_dtype,
test_shows_what_is_written_into_the_array_later
hint: Are all axes of the array still there?
"""


def from_numpy_shared(a):
    return torch.from_numpy(a.ravel())
