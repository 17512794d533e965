"""Downloads only after torchvision has said that files are missing."""


def load_mnist(root, train):
    try:
        return datasets.MNIST(root, train=train, transform=ToTensor())
    except RuntimeError:
        return datasets.MNIST(root, train=train, transform=ToTensor(), download=True)
