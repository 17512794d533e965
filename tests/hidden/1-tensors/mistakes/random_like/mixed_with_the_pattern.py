"""Numbers on the CPU are combined with t, which may be elsewhere.

fails: test_stays_on_the_device_of_t
hint: Both tensors of an operation must be on one device: where is the one that you drew?
"""


def random_like(t):
    return torch.rand(t.shape) + torch.zeros_like(t, dtype=torch.float32)
