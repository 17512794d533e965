"""The division is missing.

fails: test_brings_pictures_to_mean_0_and_spread_1, test_each_transform_keeps_its_own_mean_and_std
hint: After your transform, how far do the pixels spread?
"""


def normalized(mean, std):
    return transforms.Compose([ToTensor(), transforms.Lambda(lambda image: image - mean)])
