"""60,000 stands in the code.

fails: test_counts_a_short_last_batch_as_it_is, test_counts_right_whatever_the_batch_size, test_gives_an_int
hint: How many samples has a loader over another data set?
"""


def count_samples(loader):
    return 60000
