"""An empty float tensor at the beginning makes all labels floats.

fails: test_is_one_tensor_of_int64
hint: Which dtype has torch.tensor([]), and what becomes of whole numbers that are joined to it?
"""


def all_labels(loader):
    labels = torch.tensor([])
    for X, y in loader:
        labels = torch.cat([labels, y])
    return labels
