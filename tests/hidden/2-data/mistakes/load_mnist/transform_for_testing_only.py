"""The training digits come without a transform.

fails: test_images_are_tensors_from_0_to_1
hint: What is the type of dataset[0][0], for training and for testing?
"""


def load_mnist(root, train):
    transform = None if train else ToTensor()
    return datasets.MNIST(root, train=train, download=True, transform=transform)
