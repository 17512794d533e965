"""Only the first image is looked at.

fails: test_mean_is_over_all_pixels, test_std_is_over_all_pixels, test_gives_two_floats
hint: How many images go into your numbers?
"""


def mean_and_std(dataset):
    image, label = dataset[0]
    return image.mean().item(), image.std().item()
