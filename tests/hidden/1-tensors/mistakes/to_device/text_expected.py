"""A text is expected, a device object raises.

fails: test_takes_a_device_object_too
hint: device may be a torch.device, which has no methods of a text. Is it passed on as it is?
"""


def to_device(t, device):
    return t.to(device.lower())
