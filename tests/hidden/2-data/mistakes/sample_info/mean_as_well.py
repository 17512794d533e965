"""The mean comes as a sixth answer.

fails: test_gives_five_things_and_plain_numbers
hint: How many things does the text ask for?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    lowest, highest, mean = image.min().item(), image.max().item(), image.mean().item()
    return image.shape, image.dtype, lowest, highest, label, mean
