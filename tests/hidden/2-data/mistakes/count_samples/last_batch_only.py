"""The count is set, not added to.

fails: test_counts_a_short_last_batch_as_it_is, test_gives_an_int
hint: What does count hold after the second batch?
"""


def count_samples(loader):
    count = 0
    for X, y in loader:
        count = len(y)
    return count
