"""The sample before the one that is asked for.

fails: test_tells_the_label, test_takes_images_of_any_shape
hint: Which index has the first sample of a data set?
"""


def sample_info(dataset, index):
    image, label = dataset[index - 1]
    return image.shape, image.dtype, image.min().item(), image.max().item(), label
