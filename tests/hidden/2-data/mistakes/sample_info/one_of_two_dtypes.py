"""Every dtype but float64 is called float32.

fails: test_tells_shape_and_dtype_of_the_image
hint: Which dtype do you tell of an image of float16?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    dtype = torch.float64 if image.dtype is torch.float64 else torch.float32
    return image.shape, dtype, image.min().item(), image.max().item(), label
