"""Puts all of the model in training mode.

fails: test_counts_shared_parameters_once
hint: The number is right. In which mode is each part of the model after it was counted?
"""


def count_parameters(model):
    return sum(p.numel() for p in model.train().parameters() if p.requires_grad)
