"""The labels are numbers in a list, not a tensor.

fails: test_joins_the_labels_in_the_order_of_the_pass, test_joins_a_short_last_batch_too, test_is_one_tensor_of_int64
hint: What makes a tensor of a list of numbers?
"""


def all_labels(loader):
    labels = []
    for X, y in loader:
        labels += y.tolist()
    return labels
