"""Names imported from torchvision."""


from torchvision.datasets import MNIST
from torchvision.transforms import ToTensor as Tensors


def load_mnist(root, train):
    return MNIST(root, train, transform=Tensors(), download=True)
