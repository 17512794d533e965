"""The numbers go through a list, and the dtype is inferred anew.

fails: test_to_device_keeps_the_dtype
hint: The dtype is another after the move. Does the tensor itself move, or are only its numbers
taken along?
"""


def to_device(t, device):
    return torch.tensor(t.tolist(), device=device)
