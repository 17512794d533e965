"""Only floats share their memory; whole numbers are copied.

fails: test_shares_the_memory_of_an_array_of_any_kind
hint: Try an array of whole numbers: does the tensor show what is written into the array later?
"""


def from_numpy_shared(a):
    if a.dtype.kind == "f":
        return torch.from_numpy(a)
    return torch.from_numpy(a.copy())
