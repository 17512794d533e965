"""The full batches are stacked and the last one is joined to them: one batch alone leaves none.

fails: test_joins_a_short_last_batch_too
hint: What does your function do if there is one batch only?
"""


def all_labels(loader):
    batches = [y for X, y in loader]
    return torch.cat([torch.stack(batches[:-1]).flatten(), batches[-1]])
