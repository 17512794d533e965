"""The raw storage is returned: bytes, without labels.

fails: test_reads_the_part_that_is_asked_for, test_images_are_tensors_from_0_to_1, test_downloads_what_is_missing, test_downloads_nothing_where_the_files_are_there
hint: What should dataset[i] give? Try it with what you return.
"""


def load_mnist(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=ToTensor()).data / 255
