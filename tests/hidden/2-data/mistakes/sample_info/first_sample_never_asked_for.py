"""The index 0 is taken for no index, and the last sample is told of instead.

fails: test_tells_the_lowest_and_the_highest_value, test_tells_the_label
hint: Is 0 an index like all others? What does `if index` make of it?
"""


def sample_info(dataset, index=None):
    if not index:
        index = len(dataset) - 1
    image, label = dataset[index]
    return image.shape, image.dtype, image.min().item(), image.max().item(), label
