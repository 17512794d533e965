"""The values are added up, not counted.

fails: test_counts_every_number_of_every_parameter, test_leaves_out_what_is_frozen, test_leaves_out_buffers, test_counts_shared_parameters_once, test_returns_an_int
hint: Do you count the numbers, or add them?
"""


def count_parameters(model):
    return sum(p.sum().item() for p in model.parameters() if p.requires_grad)
