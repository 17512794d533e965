"""The index is ignored.

fails: test_tells_the_label, test_takes_images_of_any_shape
hint: Which sample do you look at if index is 5?
"""


def sample_info(dataset, index):
    image, label = dataset[0]
    return image.shape, image.dtype, image.min().item(), image.max().item(), label
