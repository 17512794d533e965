"""The count comes as a text with commas.

fails: test_counts_every_number_of_every_parameter, test_leaves_out_what_is_frozen, test_leaves_out_buffers, test_counts_shared_parameters_once, test_returns_an_int
hint: Can one compute with what you return?
"""


def count_parameters(model):
    count = sum(p.numel() for p in model.parameters() if p.requires_grad)
    return f"{count:,}"
