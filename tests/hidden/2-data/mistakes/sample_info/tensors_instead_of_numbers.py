"""min and max stay tensors with one element.

fails: test_tells_the_lowest_and_the_highest_value
hint: What does type(image.min()) say? Which method takes the number out?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    return image.shape, image.dtype, image.min(), image.max(), label
