"""The labels stay a list of tensors.

fails: test_is_one_tensor_with_one_axis, test_is_of_int64
hint: The tensors are collected. What joins them to one?
"""


def all_labels(loader):
    return [y for X, y in loader]
