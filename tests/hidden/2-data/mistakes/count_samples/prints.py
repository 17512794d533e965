"""The count is printed and not returned.

fails: test_counts_a_short_last_batch_as_it_is, test_counts_right_whatever_the_batch_size, test_gives_an_int
hint: Your function gives None. Which line returns the result?
"""


def count_samples(loader):
    print(len(loader.dataset))
