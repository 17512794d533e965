"""The labels pass through float32, which holds no large number to its last digit.

fails: test_is_of_int64
hint: Through which dtypes do the labels go? Try a label such as 2**40 + 1.
"""


def all_labels(loader):
    labels = []
    for X, y in loader:
        labels.append(y.float())
    return torch.cat(labels).long()
