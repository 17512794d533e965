"""The bytes are divided by 256, so white is a little less than 1.

fails: test_shades_are_exact
hint: What is the brightest pixel in your images: exactly 1, or a little less?
"""


def load_mnist(root, train):
    def transform(picture):
        return torch.tensor(np.array(picture)).unsqueeze(0).float() / 256

    return datasets.MNIST(root, train=train, download=True, transform=transform)
