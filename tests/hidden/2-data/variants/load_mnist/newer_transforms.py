"""The second version of the transforms, whose images are a subclass of Tensor."""


def load_mnist(root, train):
    from torchvision.transforms import v2

    transform = v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32, scale=True)])
    return datasets.MNIST(root, train=train, download=True, transform=transform)
