"""The mean comes as a sixth answer.

fails: test_tells_shape_and_dtype_of_the_image, test_tells_the_lowest_and_the_highest_value, test_tells_the_label
hint: How many things does the text ask for?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    lowest, highest, mean = image.min().item(), image.max().item(), image.mean().item()
    return image.shape, image.dtype, lowest, highest, label, mean
