"""The transform is given to the finished data set."""


def load_mnist(root, train):
    if train:
        data = datasets.MNIST(root, download=True)
    else:
        data = datasets.MNIST(root, train=False, download=True)
    data.transform = ToTensor()
    return data
