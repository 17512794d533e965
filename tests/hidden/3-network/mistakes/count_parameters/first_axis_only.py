"""len(p) is the number of rows of a weight.

fails: test_counts_every_number_of_every_parameter, test_leaves_out_what_is_frozen, test_leaves_out_buffers, test_counts_shared_parameters_once, test_returns_an_int
hint: A weight has 3 rows and 4 columns. How many of its numbers does your code count?
"""


def count_parameters(model):
    return sum(len(p) for p in model.parameters() if p.requires_grad)
