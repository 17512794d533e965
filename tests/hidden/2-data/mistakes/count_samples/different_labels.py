"""Labels are collected in a set, which keeps each of them once.

fails: test_counts_a_short_last_batch_as_it_is, test_counts_right_whatever_the_batch_size, test_gives_an_int
hint: What happens to a label that comes twice?
"""


def count_samples(loader):
    labels = set()
    for X, y in loader:
        labels.update(y.tolist())
    return len(labels)
