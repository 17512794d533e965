"""The number of tensors is returned.

fails: test_counts_every_number_of_every_parameter, test_leaves_out_what_is_frozen, test_leaves_out_buffers, test_counts_shared_parameters_once, test_returns_an_int
hint: 6 is the number of tensors. How many numbers are in each of them?
"""


def count_parameters(model):
    return len(list(model.parameters()))
