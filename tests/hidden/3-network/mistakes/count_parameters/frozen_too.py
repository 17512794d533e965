"""Frozen parameters are counted too.

fails: test_leaves_out_what_is_frozen
hint: Some parameters are frozen. How do you see that from the parameter?
"""


def count_parameters(model):
    return sum(p.numel() for p in model.parameters())
