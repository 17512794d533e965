"""An empty float tensor at the beginning makes all labels floats.

fails: test_is_of_int64
hint: Which dtype has your result, and which part of your code is it from?
"""


def all_labels(loader):
    labels = torch.tensor([])
    for X, y in loader:
        labels = torch.cat([labels, y])
    return labels
