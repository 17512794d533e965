"""The argument train is ignored.

fails: test_reads_the_part_that_is_asked_for
hint: Which digits do you get for train=False?
"""


def load_mnist(root, train):
    return datasets.MNIST(root, train=True, download=True, transform=ToTensor())
