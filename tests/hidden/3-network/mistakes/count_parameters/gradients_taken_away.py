"""The gradients are set back.

fails: test_counts_shared_parameters_once
hint: The number is right. What has become of the gradients in the model?
"""


def count_parameters(model):
    model.zero_grad()
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
