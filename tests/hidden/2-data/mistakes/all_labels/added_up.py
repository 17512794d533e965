"""The plus sign adds tensors, it does not join them.

fails: test_joins_the_labels_in_the_order_of_the_pass
hint: What does [1, 2] + [3, 4] give for tensors, and what for lists?
"""


def all_labels(loader):
    labels = 0
    for X, y in loader:
        labels = labels + y
    return labels
