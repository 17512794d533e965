"""The result is squeezed: of one label alone no axis is left.

fails: test_joins_a_short_last_batch_too
hint: Try a data set of one sample. How many axes has your result?
"""


def all_labels(loader):
    labels = [y for X, y in loader]
    return torch.cat(labels).squeeze()
