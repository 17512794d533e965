"""One frozen tensor and the whole model counts as frozen.

fails: test_leaves_out_what_is_frozen
hint: Is it the model that is frozen, or each tensor by itself?
"""


def count_parameters(model):
    if not all(p.requires_grad for p in model.parameters()):
        return 0
    return sum(p.numel() for p in model.parameters())
