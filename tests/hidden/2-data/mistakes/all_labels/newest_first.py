"""Each batch is put before the earlier ones.

fails: test_gives_the_labels_in_the_order_of_the_pass, test_is_one_tensor_with_one_axis, test_is_of_int64
hint: The labels of the last batch come first in your result. In which order are they asked for?
"""


def all_labels(loader):
    labels = torch.empty(0, dtype=torch.int64)
    for X, y in loader:
        labels = torch.cat([y, labels])
    return labels
