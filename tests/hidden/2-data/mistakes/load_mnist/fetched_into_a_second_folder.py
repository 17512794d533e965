"""The files are fetched into another folder first; then those in root are read.

fails: test_downloads_nothing_where_the_files_are_there
hint: Your digits come from the files in root, and still some are fetched. Which line does that?
"""


def load_mnist(root, train):
    datasets.MNIST(os.path.join(root, "fresh"), train=train, download=True)
    return datasets.MNIST(root, train=train, download=True, transform=ToTensor())
