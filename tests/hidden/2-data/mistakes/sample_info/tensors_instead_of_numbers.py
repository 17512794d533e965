"""min and max stay tensors with one element.

fails: test_gives_five_things_and_plain_numbers
hint: Your lowest value is still a tensor. Which method takes the number out?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    return image.shape, image.dtype, image.min(), image.max(), label
