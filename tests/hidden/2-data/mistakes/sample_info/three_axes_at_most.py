"""Loops over channels and rows take the image apart: of one with more axes rows are compared.

fails: test_takes_images_of_any_shape
hint: How many axes may an image have? Your loops count on a certain number of them.
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    if image.dim() == 1:
        pixels = image.tolist()
    else:
        pixels = [pixel for channel in image for row in channel for pixel in row.tolist()]
    return image.shape, image.dtype, min(pixels), max(pixels), label
