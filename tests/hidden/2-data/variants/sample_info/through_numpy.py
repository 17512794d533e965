"""The extremes by NumPy."""


def sample_info(dataset, index):
    image, label = dataset[index]
    pixels = image.numpy()
    return image.size(), image.dtype, pixels.min(), pixels.max(), int(label)
