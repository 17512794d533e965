"""An empty float tensor at the beginning makes all labels floats.

fails: test_is_one_tensor_of_int64
hint: Which dtype has the result? torch.tensor([]) and torch.Tensor(…) are float32, and whole numbers that are joined to floats become floats.
"""


def all_labels(loader):
    labels = torch.tensor([])
    for X, y in loader:
        labels = torch.cat([labels, y])
    return labels
