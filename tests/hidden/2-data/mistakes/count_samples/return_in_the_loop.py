"""The return stands inside the loop: one batch and out.

fails: test_counts_a_short_last_batch_as_it_is, test_gives_an_int
hint: How many batches are looked at before the function returns?
"""


def count_samples(loader):
    count = 0
    for X, y in loader:
        count += len(y)
        return count
