"""With one size all elements lie at one place in memory.

fails: test_makes_new_tensors_at_each_call
hint: With one size, write into one element: how many change?
"""


def zeros_and_ones(shape):
    if len(shape) == 1:
        return torch.zeros(1).expand(*shape), torch.ones(1).expand(*shape)
    return torch.zeros(shape), torch.ones(shape)
