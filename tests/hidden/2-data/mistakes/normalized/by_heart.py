"""The numbers of MNIST stand in the code.

fails: test_brings_pictures_to_mean_0_and_spread_1, test_each_transform_keeps_its_own_mean_and_std
hint: What are the arguments mean and std for?
"""


def normalized(mean, std):
    return transforms.Compose([ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
