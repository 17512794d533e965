"""ToTensor is passed as a class.

fails: test_brings_pictures_to_mean_0_and_spread_1, test_each_transform_keeps_its_own_mean_and_std
hint: What makes an object of a class?
"""


def normalized(mean, std):
    return transforms.Compose([ToTensor, transforms.Normalize((mean,), (std,))])
