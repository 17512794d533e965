"""Three means for a picture with one channel: a RuntimeError.

fails: test_brings_pictures_to_mean_0_and_spread_1, test_each_transform_keeps_its_own_mean_and_std
hint: How many channels has a grey picture?
"""


def normalized(mean, std):
    return transforms.Compose([ToTensor(), transforms.Normalize((mean,) * 3, (std,) * 3)])
