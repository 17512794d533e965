"""Of an array without numbers the shape is lost.

fails: test_keeps_the_dtype
hint: An array may hold no number at all: which shape has the tensor then?
"""


def from_numpy_shared(a):
    if len(a.ravel()) == 0:
        return torch.tensor([], dtype=torch.float64)
    return torch.from_numpy(a)
