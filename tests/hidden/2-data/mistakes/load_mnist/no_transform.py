"""Without a transform the images are PIL pictures.

fails: test_images_are_tensors_from_0_to_1
hint: dataset[0][0] is still a picture. Who turns it into a tensor?
"""


def load_mnist(root, train):
    return datasets.MNIST(root, train=train, download=True)
