"""Makes both parts and returns the one that is asked for."""


def load_mnist(root, train):
    options = {"root": root, "download": True, "transform": ToTensor()}
    parts = {flag: datasets.MNIST(train=flag, **options) for flag in (True, False)}
    return parts[train]
