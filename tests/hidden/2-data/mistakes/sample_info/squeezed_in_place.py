"""The image that the data set keeps loses its channel.

fails: test_changes_no_image
hint: Look at dataset[index] before and after the call. Which step changes the image?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    shape = image.shape
    pixels = image.squeeze_()
    return shape, image.dtype, pixels.min().item(), pixels.max().item(), label
