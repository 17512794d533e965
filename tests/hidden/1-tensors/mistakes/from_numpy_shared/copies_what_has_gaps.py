"""An array whose numbers do not lie in order is copied first.

fails: test_shows_what_is_written_into_the_array_later
hint: What happens to an array whose numbers do not lie in order, such as a transposed one: is it
copied on the way?
"""


def from_numpy_shared(a):
    if not a.flags["C_CONTIGUOUS"]:
        a = np.ascontiguousarray(a)
    return torch.from_numpy(a)
