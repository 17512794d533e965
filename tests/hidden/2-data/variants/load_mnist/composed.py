"""The transform wrapped in a Compose, the pieces under names of their own."""


def load_mnist(root, train):
    transform = transforms.Compose([transforms.ToTensor()])
    data = datasets.MNIST(root=root, train=bool(train), transform=transform, download=True)
    return data
