"""Only the training digits are fetched where there are no files.

fails: test_downloads_what_is_missing
hint: What happens for train=False in a folder without files?
"""


def load_mnist(root, train):
    return datasets.MNIST(root, train=train, download=train, transform=ToTensor())
