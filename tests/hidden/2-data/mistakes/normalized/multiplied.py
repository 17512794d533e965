"""Multiplied by the deviation, not divided by it.

fails: test_brings_pictures_to_mean_0_and_spread_1, test_each_transform_keeps_its_own_mean_and_std
hint: If the pixels spread too little, should they be multiplied by a small number or divided by it?
"""


def normalized(mean, std):
    return transforms.Compose([ToTensor(), lambda image: (image - mean) * std])
