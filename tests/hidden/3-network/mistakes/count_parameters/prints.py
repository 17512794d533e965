"""The count is printed, nothing is returned.

fails: test_counts_every_number_of_every_parameter, test_leaves_out_what_is_frozen, test_leaves_out_buffers, test_counts_shared_parameters_once, test_returns_an_int
hint: Your function gives None. Which line should hand the count to the caller?
"""


def count_parameters(model):
    print(sum(p.numel() for p in model.parameters() if p.requires_grad))
