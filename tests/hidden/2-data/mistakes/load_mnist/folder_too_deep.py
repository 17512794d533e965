"""The folder MNIST is added to root, but torchvision adds it itself: all is downloaded again.

fails: test_reads_the_part_that_is_asked_for, test_downloads_nothing_where_the_files_are_there
hint: In which folder below root does torchvision look by itself?
"""


def load_mnist(root, train):
    return datasets.MNIST(os.path.join(root, "MNIST"), train=train, download=True, transform=ToTensor())
