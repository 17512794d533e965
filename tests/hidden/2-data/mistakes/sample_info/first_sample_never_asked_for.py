"""The index 0 is taken for no index, and the last sample is told of instead.

fails: test_tells_the_label, test_takes_images_of_any_shape
hint: Try index 0. Which sample do you get?
"""


def sample_info(dataset, index=None):
    if not index:
        index = len(dataset) - 1
    image, label = dataset[index]
    return image.shape, image.dtype, image.min().item(), image.max().item(), label
