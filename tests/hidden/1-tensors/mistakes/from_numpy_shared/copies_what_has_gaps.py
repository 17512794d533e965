"""An array whose numbers do not lie in order is copied first.

fails: test_shares_the_memory_of_a_turned_array_too
hint: Where numbers do not lie in order, as in a transposed array, is there a step that copies them?
"""


def from_numpy_shared(a):
    if not a.flags["C_CONTIGUOUS"]:
        a = np.ascontiguousarray(a)
    return torch.from_numpy(a)
