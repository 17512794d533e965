"""The channel axis first, then the others."""


def flatten_images(X):
    X = X.squeeze(1)
    return X.flatten(1, 2)
