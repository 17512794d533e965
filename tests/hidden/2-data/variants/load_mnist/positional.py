"""All by place, in torchvision's order."""


def load_mnist(root, train):
    return datasets.MNIST(root, train, ToTensor(), None, True)
