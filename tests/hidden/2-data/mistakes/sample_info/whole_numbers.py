"""lowest and highest are cut off to whole numbers.

fails: test_tells_the_lowest_and_the_highest_value
hint: What becomes of 0.7 in your answer?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    return image.shape, image.dtype, int(image.min()), int(image.max()), label
