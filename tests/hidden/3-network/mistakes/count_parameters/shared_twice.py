"""Shared parameters count once for each layer that uses them.

fails: test_counts_shared_parameters_once
hint: How many different tensors are there, and how many can training change?
"""


def count_parameters(model):
    named = model.named_parameters(remove_duplicate=False)
    return sum(p.numel() for _, p in named if p.requires_grad)
