"""The image becomes float64.

fails: test_brings_pictures_to_mean_0_and_spread_1, test_each_transform_keeps_its_own_mean_and_std
hint: Which dtype does NumPy compute with, and which do our networks?
"""


def normalized(mean, std):
    return lambda picture: torch.from_numpy((np.array(picture)[None] / 255 - mean) / std)
