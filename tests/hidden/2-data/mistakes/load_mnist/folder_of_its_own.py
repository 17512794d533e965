"""The folder stands in the code; the argument root is ignored.

fails: test_reads_the_part_that_is_asked_for, test_downloads_nothing_where_the_files_are_there
hint: Where does your function look for the files if it is told another folder?
"""


def load_mnist(root, train):
    return datasets.MNIST("data", train=train, download=True, transform=ToTensor())
