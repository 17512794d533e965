"""The text "False" counts as true.

fails: test_reads_the_part_that_is_asked_for, test_images_are_tensors_from_0_to_1
hint: Is a text that is not empty true or false for Python?
"""


def load_mnist(root, train):
    return datasets.MNIST(root, train=str(train), download=True, transform=ToTensor())
