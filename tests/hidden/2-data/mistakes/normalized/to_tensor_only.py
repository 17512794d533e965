"""Nothing is normalised.

fails: test_brings_pictures_to_mean_0_and_spread_1, test_each_transform_keeps_its_own_mean_and_std
hint: Where do the mean and the deviation come in?
"""


def normalized(mean, std):
    return transforms.Compose([ToTensor()])
