"""All three numbers as NumPy gives them."""


def sample_info(dataset, index):
    image, label = dataset[index]
    pixels = image.numpy()
    return image.shape, image.dtype, np.min(pixels), np.max(pixels), np.int64(label)
