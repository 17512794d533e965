"""The axis for the channel is lost.

fails: test_brings_pictures_to_mean_0_and_spread_1, test_each_transform_keeps_its_own_mean_and_std
hint: What is the shape of an image after ToTensor, and what after yours?
"""


def normalized(mean, std):
    return lambda picture: ((torch.tensor(np.array(picture)) / 255) - mean) / std
