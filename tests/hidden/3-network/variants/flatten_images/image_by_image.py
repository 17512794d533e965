"""A row for each image, stacked again."""


def flatten_images(X):
    return torch.stack([image.flatten() for image in X])
