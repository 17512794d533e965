"""A right version of `flatten_images`, which `forward` may call: lent after its own checks."""

import torch


def flatten_images(X: torch.Tensor) -> torch.Tensor:
    """A batch of images as rows of pixels."""
    return X.reshape(len(X), 784)
