"""A layer counts as frozen, or as trained, by the first of its parameters.

fails: test_leaves_out_what_is_frozen, test_counts_shared_parameters_once
hint: May the weight of a layer learn while its bias does not?
"""


def count_parameters(model):
    count = 0
    for module in model.modules():
        own = list(module.parameters(recurse=False))
        if own and own[0].requires_grad:
            count += sum(parameter.numel() for parameter in own)
    return count
