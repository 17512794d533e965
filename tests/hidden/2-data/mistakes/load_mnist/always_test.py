"""The test digits, whatever is asked for.

fails: test_reads_the_part_that_is_asked_for
hint: Which digits come for train=True, and which for train=False?
"""


def load_mnist(root, train):
    return datasets.MNIST(root, train=False, download=True, transform=ToTensor())
