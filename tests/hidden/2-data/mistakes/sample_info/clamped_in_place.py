"""The image is cut to 0 and more, after its range was read.

fails: test_changes_no_image
hint: Look at dataset[index] before and after the call. Which step changes the image?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    lowest, highest = image.min().item(), image.max().item()
    image.clamp_(min=0)
    return image.shape, image.dtype, lowest, highest, label
