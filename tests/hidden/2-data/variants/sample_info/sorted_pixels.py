"""The first and the last of the sorted pixels."""


def sample_info(dataset, index):
    image, label = dataset[index]
    pixels = sorted(image.flatten().tolist())
    return image.shape, image.dtype, pixels[0], pixels[-1], label
