"""The storage divided by 255 is right for ToTensor only.

fails: test_mean_is_over_all_pixels, test_std_is_over_all_pixels, test_gives_two_floats
hint: What if the data set has another transform? Take the images as dataset[i] gives them.
"""


def mean_and_std(dataset):
    pixels = dataset.data.float() / 255
    return pixels.mean().item(), pixels.std().item()
