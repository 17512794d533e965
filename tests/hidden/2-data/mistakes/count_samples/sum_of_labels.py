"""The labels are added up, not counted.

fails: test_counts_a_short_last_batch_as_it_is, test_counts_right_whatever_the_batch_size, test_gives_an_int
hint: Are the labels counted, or is something done with their values?
"""


def count_samples(loader):
    count = 0
    for X, y in loader:
        count += y.sum().item()
    return count
