"""The whole-number division leaves the short batch out.

fails: test_counts_a_short_last_batch_as_it_is, test_counts_right_whatever_the_batch_size
hint: What happens to the samples that do not fill a batch?
"""


def count_samples(loader):
    full = len(loader.dataset) // loader.batch_size
    return full * loader.batch_size
