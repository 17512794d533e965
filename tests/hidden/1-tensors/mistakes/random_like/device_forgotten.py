"""Only the shape is taken over, so the result is on the CPU.

fails: test_stays_on_the_device_of_t
hint: The result is on the CPU, wherever t is. Who has told PyTorch of the device of t?
"""


def random_like(t):
    return torch.rand(t.shape)
