"""Room is made for full batches, and zeros stay behind the short one.

fails: test_joins_a_short_last_batch_too
hint: How long is your tensor if the last batch is short, and what is at its end?
"""


def all_labels(loader):
    size = loader.batch_size
    labels = torch.zeros(len(loader) * size, dtype=torch.int64)
    for number, (X, y) in enumerate(loader):
        labels[number * size : number * size + len(y)] = y
    return labels
