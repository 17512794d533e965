"""Mean and deviation are swapped.

fails: test_brings_pictures_to_mean_0_and_spread_1, test_each_transform_keeps_its_own_mean_and_std
hint: Which of the two is taken off, and by which is divided?
"""


def normalized(mean, std):
    return transforms.Compose([ToTensor(), transforms.Normalize((std,), (mean,))])
