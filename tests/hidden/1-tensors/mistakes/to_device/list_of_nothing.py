"""The tensor is rebuilt from a list, which has no sizes where there are no numbers.

fails: test_moves_a_single_number_too
hint: Which shape does a tensor without numbers have after the call?
"""


def to_device(t, device):
    return torch.tensor(t.tolist(), device=device, dtype=t.dtype)
