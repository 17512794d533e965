"""The array is put in order, to be safe, which copies what is not.

fails: test_keeps_the_dtype, test_shares_the_memory_of_a_turned_array_too
hint: Where numbers do not lie in order, as in a transposed array, is there a step that copies them?
"""


def from_numpy_shared(a):
    return torch.from_numpy(np.ascontiguousarray(a))
