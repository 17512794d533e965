"""The array itself comes back.

fails: test_holds_the_values_of_the_array, test_keeps_the_dtype,
test_shows_what_is_written_into_the_array_later
hint: What comes back is still a NumPy array. How is a tensor put over its memory?
"""


def from_numpy_shared(a):
    tensor = torch.from_numpy(a)
    return a
