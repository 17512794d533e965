"""Downloads only where there is no folder: files that are missing in it never come.

fails: test_downloads_what_is_missing
hint: What happens if a download was broken off, so that the folder is there and a file is missing?
"""


def load_mnist(root, train):
    raw = os.path.join(root, "MNIST", "raw")
    return datasets.MNIST(root, train, transform=ToTensor(), download=not os.path.isdir(raw))
