"""Counts parameters that have a gradient already.

fails: test_counts_every_number_of_every_parameter, test_leaves_out_what_is_frozen, test_leaves_out_buffers, test_counts_shared_parameters_once, test_returns_an_int
hint: Before the first backward() each grad is None. What says that a parameter is trained?
"""


def count_parameters(model):
    return sum(p.numel() for p in model.parameters() if p.grad is not None)
