"""What is on an accelerator always comes back to the CPU.

fails: test_moves_back_to_the_cpu
hint: Where is the tensor if it lies on the given device already?
"""


def to_device(t, device):
    return t.to(device) if t.device.type in ("cpu", "meta") else t.cpu()
