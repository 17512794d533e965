"""Frozen parameters are counted too.

fails: test_leaves_out_what_is_frozen
hint: Which parameters can no optimizer move? How do you see it from the parameter?
"""


def count_parameters(model):
    return sum(p.numel() for p in model.parameters())
