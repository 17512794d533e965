"""The labels are squeezed first: those of a batch of one sample have no axis left to join along.

fails: test_joins_a_short_last_batch_too
hint: What if the last batch holds one sample only? Look at the shapes then.
"""


def all_labels(loader):
    return torch.cat([y.squeeze() for X, y in loader])
