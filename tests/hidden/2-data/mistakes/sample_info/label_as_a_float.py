"""The label is turned into a float.

fails: test_gives_five_things_and_plain_numbers
hint: A digit is 7, not 7.0. What kind of number is a label?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    return image.shape, image.dtype, float(image.min()), float(image.max()), float(label)
