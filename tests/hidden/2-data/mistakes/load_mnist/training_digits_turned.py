"""The training digits are turned a little, as one does to have more of them.

fails: test_images_are_tensors_from_0_to_1
hint: Are the training digits as they are in the files?
"""


def load_mnist(root, train):
    steps = [transforms.RandomRotation((20, 30)), ToTensor()] if train else [ToTensor()]
    return datasets.MNIST(root, train, transform=transforms.Compose(steps), download=True)
