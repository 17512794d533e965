"""The text "False" counts as true.

fails: test_reads_the_part_that_is_asked_for
hint: What is train in your call: True, False, or something that counts as true?
"""


def load_mnist(root, train):
    return datasets.MNIST(root, train=str(train), download=True, transform=ToTensor())
