"""PILToTensor keeps the bytes 0 to 255.

fails: test_images_are_tensors_from_0_to_1
hint: From where to where do the values of an image go, and what is its dtype?
"""


def load_mnist(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.PILToTensor())
