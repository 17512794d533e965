"""The labels are sorted.

fails: test_joins_the_labels_in_the_order_of_the_pass, test_joins_a_short_last_batch_too, test_is_one_tensor_of_int64
hint: In which order are they asked for?
"""


def all_labels(loader):
    return torch.cat([y for X, y in loader]).sort().values
