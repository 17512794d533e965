"""All elements of a tensor are one and the same number in memory.

fails: test_makes_new_tensors_at_each_call
hint: One element was written to, and others changed with it. Has each its own place in memory?
"""


def zeros_and_ones(shape):
    return torch.zeros(1).expand(shape), torch.ones(1).expand(shape)
