"""The batches are counted, not the samples.

fails: test_counts_a_short_last_batch_as_it_is, test_counts_right_whatever_the_batch_size, test_gives_an_int
hint: Try 10 samples in batches of 4. What is it that you count?
"""


def count_samples(loader):
    return len(loader)
