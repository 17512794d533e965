"""Where the files are missing nothing is fetched: it works on this machine only.

fails: test_downloads_what_is_missing
hint: What does your function do on a machine that has never seen MNIST?
"""


def load_mnist(root, train):
    return datasets.MNIST(root, train=train, transform=ToTensor())
