"""A list of transforms can't be called.

fails: test_brings_pictures_to_mean_0_and_spread_1, test_each_transform_keeps_its_own_mean_and_std
hint: What makes one transform out of several?
"""


def normalized(mean, std):
    return [ToTensor(), transforms.Normalize((mean,), (std,))]
