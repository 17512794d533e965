"""The images are also normalised, so they go below 0.

fails: test_images_are_tensors_from_0_to_1
hint: Your images hold numbers below 0. From where to where should they go?
"""


def load_mnist(root, train):
    transform = transforms.Compose([ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
    return datasets.MNIST(root, train=train, download=True, transform=transform)
