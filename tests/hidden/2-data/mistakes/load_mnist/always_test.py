"""The test digits, whatever is asked for.

fails: test_reads_the_part_that_is_asked_for, test_labels_are_whole_numbers, test_downloads_what_is_missing, test_downloads_nothing_where_the_files_are_there
hint: Which digits come for train=True?
"""


def load_mnist(root, train):
    return datasets.MNIST(root, train=False, download=True, transform=ToTensor())
