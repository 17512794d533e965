"""The parts along the first axis are moved one by one, and a single number has none.

fails: test_moves_a_single_number_too
hint: A single number has no axis to go along: can the tensor be moved as a whole?
"""


def to_device(t, device):
    return torch.stack([part.to(device) for part in t])
