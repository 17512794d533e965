"""len(batch) is 2, for X and y.

fails: test_counts_a_short_last_batch_as_it_is, test_counts_right_whatever_the_batch_size, test_gives_an_int
hint: A batch is a pair. What is it that you count in each?
"""


def count_samples(loader):
    count = 0
    for batch in loader:
        count += len(batch)
    return count
