"""A named tuple of NumPy numbers, and cat imported by name."""


from collections import namedtuple

from torch import cat

Spread = namedtuple("Spread", ["mean", "std"])


def mean_and_std(dataset):
    pixels = cat([image.flatten() for image, label in dataset]).numpy()
    return Spread(pixels.mean(dtype=np.float64), pixels.std(dtype=np.float64))
