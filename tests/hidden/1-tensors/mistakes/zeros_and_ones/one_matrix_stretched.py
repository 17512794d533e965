"""With three sizes all matrices lie at one place in memory.

fails: test_makes_new_tensors_at_each_call
hint: With three sizes, write into one element: how many change?
"""


def zeros_and_ones(shape):
    pair = torch.zeros(shape[-2:]), torch.ones(shape[-2:])
    return tuple(one.expand(shape) for one in pair)
