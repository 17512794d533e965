"""The remainder is taken for the size of the last batch: it is 0 where all batches are full.

fails: test_counts_right_whatever_the_batch_size
hint: Try 12 samples in batches of 4. How many are in the last one?
"""


def count_samples(loader):
    before = (len(loader) - 1) * loader.batch_size
    return before + len(loader.dataset) % loader.batch_size
