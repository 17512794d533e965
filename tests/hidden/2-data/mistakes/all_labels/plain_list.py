"""The labels are numbers in a list, not a tensor.

fails: test_is_one_tensor_with_one_axis, test_is_of_int64
hint: What makes a tensor of a list of numbers?
"""


def all_labels(loader):
    labels = []
    for X, y in loader:
        labels += y.tolist()
    return labels
