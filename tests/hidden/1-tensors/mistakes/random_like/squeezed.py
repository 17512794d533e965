"""squeeze takes axes of size 1 away.

fails: test_takes_tensors_of_any_shape
hint: An axis of size 1 is an axis like any other: is it still there in the result?
"""


def random_like(t):
    return torch.rand_like(t, dtype=torch.float32).squeeze()
