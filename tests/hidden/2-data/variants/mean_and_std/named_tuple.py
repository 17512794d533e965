"""A named tuple of NumPy numbers, with all names of torch imported."""


from collections import namedtuple

from torch import *

Spread = namedtuple("Spread", ["mean", "std"])


def mean_and_std(dataset):
    pixels = cat([image.flatten() for image, label in dataset]).numpy()
    return Spread(pixels.mean(dtype=np.float64), pixels.std(dtype=np.float64))
