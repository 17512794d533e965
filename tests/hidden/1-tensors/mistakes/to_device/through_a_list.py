"""The numbers go through a list, and the dtype is inferred anew.

fails: test_to_device_keeps_the_dtype
hint: A list doesn't know the dtype: move the tensor itself, with to().
"""


def to_device(t, device):
    return torch.tensor(t.tolist(), device=device)
