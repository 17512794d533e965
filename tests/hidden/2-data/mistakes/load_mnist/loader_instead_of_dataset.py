"""A DataLoader is returned in the place of the data set.

fails: test_reads_the_part_that_is_asked_for, test_images_are_tensors_from_0_to_1, test_downloads_what_is_missing, test_downloads_nothing_where_the_files_are_there
hint: Is a deck of cards asked for, or a dealer?
"""


def load_mnist(root, train):
    data = datasets.MNIST(root, train=train, download=True, transform=ToTensor())
    return DataLoader(data, batch_size=64, shuffle=train)
