"""The first batch counts as a full one.

fails: test_counts_right_whatever_the_batch_size
hint: How many samples are in the first batch if a batch has room for more than there are?
"""


def count_samples(loader):
    count = loader.batch_size
    for number, (X, y) in enumerate(loader):
        if number > 0:
            count += len(y)
    return count
