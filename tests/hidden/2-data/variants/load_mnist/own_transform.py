"""A transform written as a function."""


def to_tensor(picture):
    return torch.from_numpy(np.array(picture)).unsqueeze(0).float() / 255


def load_mnist(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=to_tensor)
