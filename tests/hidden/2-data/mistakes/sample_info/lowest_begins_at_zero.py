"""The search for the lowest value begins with 0, which is below all pixels of some images.

fails: test_tells_the_lowest_and_the_highest_value
hint: Try an image whose values all lie between 2 and 3. Which is its lowest value?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    lowest = 0.0
    for value in image.flatten().tolist():
        if value < lowest:
            lowest = value
    return image.shape, image.dtype, lowest, image.max().item(), label
