"""Without ToTensor there is no tensor to normalise.

fails: test_brings_pictures_to_mean_0_and_spread_1, test_each_transform_keeps_its_own_mean_and_std
hint: What does Normalize want to be given, and who makes it?
"""


def normalized(mean, std):
    return transforms.Normalize((mean,), (std,))
