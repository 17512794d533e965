"""The labels are sorted.

fails: test_gives_the_labels_in_the_order_of_the_pass, test_is_one_tensor_with_one_axis, test_is_of_int64
hint: In which order are they asked for?
"""


def all_labels(loader):
    return torch.cat([y for X, y in loader]).sort().values
