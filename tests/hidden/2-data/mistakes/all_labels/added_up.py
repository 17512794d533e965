"""The plus sign adds tensors, it does not join them.

fails: test_gives_the_labels_in_the_order_of_the_pass, test_is_one_tensor_with_one_axis, test_is_of_int64
hint: Are the labels of two batches joined, or added to each other?
"""


def all_labels(loader):
    labels = 0
    for X, y in loader:
        labels = labels + y
    return labels
