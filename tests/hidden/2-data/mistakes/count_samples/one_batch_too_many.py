"""Starts at 1.

fails: test_counts_a_short_last_batch_as_it_is, test_counts_right_whatever_the_batch_size, test_gives_an_int
hint: Your number is one too large. What is counted that is not a sample?
"""


def count_samples(loader):
    count = 1
    for X, y in loader:
        count += len(y)
    return count
