"""train is turned around.

fails: test_reads_the_part_that_is_asked_for
hint: How many digits should the training part have, and how many the test part?
"""


def load_mnist(root, train):
    return datasets.MNIST(root, train=not train, download=True, transform=ToTensor())
