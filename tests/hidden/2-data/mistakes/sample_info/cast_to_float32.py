"""The image is cast before it is looked at, so the dtype is that of the cast.

fails: test_tells_shape_and_dtype_of_the_image
hint: Do you tell what the sample is, or what you have made of it?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    image = image.float()
    return image.shape, image.dtype, image.min().item(), image.max().item(), label
