"""The labels are squeezed first: those of a batch of one sample have no length then.

fails: test_counts_right_whatever_the_batch_size
hint: Try batches of one sample. What is the shape of what you take the length of?
"""


def count_samples(loader):
    count = 0
    for X, y in loader:
        count += len(y.squeeze())
    return count
