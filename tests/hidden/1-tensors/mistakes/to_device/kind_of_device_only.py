"""The number of the device is left out.

fails: test_takes_the_number_of_a_device_too
hint: Does the whole device reach PyTorch, its number too?
"""


def to_device(t, device):
    return t.to(torch.device(device).type)
