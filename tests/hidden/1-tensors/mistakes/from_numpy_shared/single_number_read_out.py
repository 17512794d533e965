"""A number without axes is taken out of its array.

fails: test_keeps_the_dtype
hint: Try an array of shape () that holds a float64: which dtype has the tensor?
"""


def from_numpy_shared(a):
    return torch.from_numpy(a) if a.shape else torch.tensor(a.item())
