"""Where everything is frozen, everything is counted.

fails: test_leaves_out_what_is_frozen
hint: How many numbers are trained in a model of which every part is frozen?
"""


def count_parameters(model):
    sizes = [p.numel() for p in model.parameters() if p.requires_grad]
    return sum(sizes or [p.numel() for p in model.parameters()])
