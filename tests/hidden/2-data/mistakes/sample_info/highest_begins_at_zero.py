"""The search for the highest value begins with 0, which is above all pixels of some images.

fails: test_tells_the_lowest_and_the_highest_value
hint: Try an image whose values all lie below 0. Which is its highest value?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    highest = 0.0
    for value in image.flatten().tolist():
        highest = max(highest, value)
    return image.shape, image.dtype, image.min().item(), highest, label
