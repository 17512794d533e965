"""Looks into the folder first, which need not be there yet.

fails: test_downloads_what_is_missing
hint: What does your function do if it is told a folder that is not there yet?
"""


def load_mnist(root, train):
    files = os.listdir(root)
    return datasets.MNIST(root, train=train, download=not files, transform=ToTensor())
