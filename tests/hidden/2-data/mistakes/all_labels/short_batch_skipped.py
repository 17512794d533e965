"""A shorter last batch is left out.

fails: test_joins_a_short_last_batch_too
hint: Are the labels of a short last batch wanted too?
"""


def all_labels(loader):
    return torch.cat([y for X, y in loader if len(y) == loader.batch_size])
