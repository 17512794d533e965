"""PILToTensor leaves the bytes from 0 to 255.

fails: test_brings_pictures_to_mean_0_and_spread_1, test_each_transform_keeps_its_own_mean_and_std
hint: From where to where do the pixels go before the mean is taken off?
"""


def normalized(mean, std):
    return lambda picture: (transforms.PILToTensor()(picture).float() - mean) / std
