"""Both parts are returned as a pair.

fails: test_reads_the_part_that_is_asked_for, test_images_are_tensors_from_0_to_1, test_downloads_what_is_missing, test_downloads_nothing_where_the_files_are_there
hint: How many data sets does one call give, and which of the two is it?
"""


def load_mnist(root, train):
    train_data = datasets.MNIST(root, train=True, download=True, transform=ToTensor())
    test_data = datasets.MNIST(root, train=False, download=True, transform=ToTensor())
    return train_data, test_data
