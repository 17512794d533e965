"""The labels stay a list of tensors.

fails: test_joins_the_labels_in_the_order_of_the_pass, test_joins_a_short_last_batch_too, test_is_one_tensor_of_int64
hint: The tensors are collected. What joins them to one?
"""


def all_labels(loader):
    return [y for X, y in loader]
