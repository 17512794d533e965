"""numel counts pixels.

fails: test_counts_a_short_last_batch_as_it_is, test_counts_right_whatever_the_batch_size, test_gives_an_int
hint: What does X.numel() count in a batch of images?
"""


def count_samples(loader):
    return sum(X.numel() for X, y in loader)
