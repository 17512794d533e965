"""What is there is thrown away and downloaded again.

fails: test_reads_the_part_that_is_asked_for, test_images_are_tensors_from_0_to_1, test_downloads_nothing_where_the_files_are_there
hint: The files are there already. What should happen to them?
"""


def load_mnist(root, train):
    import shutil

    shutil.rmtree(os.path.join(root, "MNIST"), ignore_errors=True)
    return datasets.MNIST(root, train=train, download=True, transform=ToTensor())
