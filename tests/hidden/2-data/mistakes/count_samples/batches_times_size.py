"""The last batch is counted as a full one.

fails: test_counts_a_short_last_batch_as_it_is, test_counts_right_whatever_the_batch_size
hint: Try 10 samples in batches of 4. How many are in the last batch?
"""


def count_samples(loader):
    return len(loader) * loader.batch_size
