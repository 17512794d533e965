"""A torch.device is taken for its kind, without its number.

fails: test_takes_the_number_of_a_device_too
hint: Which of two graphics cards does a torch.device name? Is its number passed on?
"""


def to_device(t, device):
    return t.to(getattr(device, "type", device))
