"""numel counts pixels.

fails: test_counts_a_short_last_batch_as_it_is, test_counts_right_whatever_the_batch_size, test_gives_an_int
hint: Is it the number of images, or of the pixels in them?
"""


def count_samples(loader):
    return sum(X.numel() for X, y in loader)
