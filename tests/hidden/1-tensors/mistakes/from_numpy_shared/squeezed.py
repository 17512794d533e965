"""squeeze takes axes of size 1 away.

fails: test_holds_the_values_of_the_array
hint: An axis of size 1 is an axis like any other: is it still there in the result?
"""


def from_numpy_shared(a):
    return torch.from_numpy(a).squeeze()
