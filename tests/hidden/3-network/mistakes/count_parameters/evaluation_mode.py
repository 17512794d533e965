"""Leaves the model in evaluation mode.

fails: test_counts_shared_parameters_once
hint: The number is right. In which mode is the model after it was counted?
"""


def count_parameters(model):
    model.eval()
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
