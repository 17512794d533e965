"""Each picture is divided by its own brightest pixel: dark pictures become bright.

fails: test_images_are_tensors_from_0_to_1, test_shades_are_exact
hint: What becomes of a dark picture, in which no pixel is white?
"""


def load_mnist(root, train):
    def transform(picture):
        image = torch.from_numpy(np.array(picture, dtype=np.float32))
        return image.unsqueeze(0) / image.max()

    return datasets.MNIST(root, train=train, download=True, transform=transform)
