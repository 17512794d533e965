"""All names of torch imported; the label as NumPy gives it."""


from torch import *


def sample_info(dataset, index):
    image, label = dataset[index]
    pixels = image.numpy()
    return image.shape, image.dtype, np.min(pixels), np.max(pixels), np.int64(label)
