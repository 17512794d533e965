"""The layer that the network uses too."""


def flatten_images(X):
    flatten = nn.Flatten()
    return flatten(X)
