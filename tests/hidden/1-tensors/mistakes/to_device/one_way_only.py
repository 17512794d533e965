"""Only tensors on the CPU are moved; nothing comes back from a GPU.

fails: test_moves_back_to_the_cpu
hint: A tensor on a GPU stayed where it was. Is the way back a move too?
"""


def to_device(t, device):
    if t.device.type == "cpu":
        return t.to(device)
    return t
