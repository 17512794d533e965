"""The count is set, not added to.

fails: test_counts_a_short_last_batch_as_it_is, test_gives_an_int
hint: Try three batches. Which of them does your number count?
"""


def count_samples(loader):
    count = 0
    for X, y in loader:
        count = len(y)
    return count
