"""All modules, each with all its parameters: inner layers count several times.

fails: test_counts_every_number_of_every_parameter, test_leaves_out_what_is_frozen, test_leaves_out_buffers, test_counts_shared_parameters_once, test_returns_an_int
hint: Inner layers count several times. How often does each weight turn up in what you add?
"""


def count_parameters(model):
    total = 0
    for module in model.modules():
        total += sum(p.numel() for p in module.parameters() if p.requires_grad)
    return total
