"""Loops over channels and rows take the image apart: of one with more axes rows are compared.

fails: test_takes_images_of_any_shape
hint: An image may have any number of axes. What comes out for an image of four?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    if image.dim() == 1:
        pixels = image.tolist()
    else:
        pixels = [pixel for channel in image for row in channel for pixel in row.tolist()]
    return image.shape, image.dtype, min(pixels), max(pixels), label
