"""The number of the device is left out.

fails: test_stays_on_the_device_of_t
hint: A machine may have several GPUs: is the result on the very one where t is?
"""


def random_like(t):
    return torch.rand(t.shape, device=t.device.type)
