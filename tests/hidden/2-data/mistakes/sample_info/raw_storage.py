"""dataset.data is the storage from before the transform: bytes without a channel.

fails: test_tells_shape_and_dtype_of_the_image, test_tells_the_lowest_and_the_highest_value
hint: dataset.data is what is stored. What does dataset[index] do on top?
"""


def sample_info(dataset, index):
    image = dataset.data[index]
    label = dataset.targets[index]
    return image.shape, image.dtype, image.min().item(), image.max().item(), label
