"""Every array of whole numbers is made int64 first.

fails: test_keeps_the_dtype
hint: There are more kinds of whole numbers than int64. Does the tensor have the array's own dtype?
"""


def from_numpy_shared(a):
    if a.dtype.kind in "iu":
        a = a.astype(np.int64, copy=False)
    return torch.from_numpy(a)
