"""The highest value comes before the lowest.

fails: test_tells_the_lowest_and_the_highest_value
hint: In which order are the two asked for?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    return image.shape, image.dtype, image.max().item(), image.min().item(), label
