"""The dtype is turned into a text.

fails: test_tells_shape_and_dtype_of_the_image
hint: Is it the dtype itself, or a text that looks like it?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    return image.shape, str(image.dtype), image.min().item(), image.max().item(), label
