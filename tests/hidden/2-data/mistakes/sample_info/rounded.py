"""Lowest and highest value are rounded to two digits.

fails: test_numbers_are_exact
hint: How many digits are left of the lowest and the highest value?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    lowest, highest = round(image.min().item(), 2), round(image.max().item(), 2)
    return image.shape, image.dtype, lowest, highest, label
