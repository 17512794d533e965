"""What was counted is frozen, so that it is not counted again: the model can't learn any more.

fails: test_counts_shared_parameters_once
hint: The number is right. Can the model still learn after it was counted?
"""


def count_parameters(model):
    count = 0
    for module in model.modules():
        for parameter in module.parameters(recurse=False):
            if parameter.requires_grad:
                count += parameter.numel()
                parameter.requires_grad_(False)
    return count
