"""A torch.device is taken for its kind, without its number.

fails: test_takes_the_number_of_a_device_too
hint: A torch.device may name the second of two graphics cards. Where does its number get lost?
"""


def to_device(t, device):
    return t.to(getattr(device, "type", device))
