"""The labels are added up, not counted.

fails: test_counts_a_short_last_batch_as_it_is, test_counts_right_whatever_the_batch_size, test_gives_an_int
hint: What does y.sum() give for the labels 3 and 4, and what do you want?
"""


def count_samples(loader):
    count = 0
    for X, y in loader:
        count += y.sum().item()
    return count
