"""Fashion-MNIST is another data set with files of the same names.

fails: test_reads_the_part_that_is_asked_for, test_downloads_nothing_where_the_files_are_there
hint: What is on the pictures that you load?
"""


def load_mnist(root, train):
    return datasets.FashionMNIST(root, train=train, download=True, transform=ToTensor())
