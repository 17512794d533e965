"""The tensor is put in order, which copies what is not.

fails: test_shares_the_memory_of_a_turned_array_too
hint: Where numbers do not lie in order, as in a transposed array, is there a step that copies them?
"""


def from_numpy_shared(a):
    return torch.from_numpy(a).contiguous()
