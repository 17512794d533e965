"""The numbers are kept in global names: the next transform changes those before.

fails: test_each_transform_keeps_its_own_mean_and_std
hint: What happens to your first transform when a second one is made?
"""


def normalized(mean, std):
    global current_mean, current_std
    current_mean, current_std = mean, std
    return transforms.Compose([ToTensor(), lambda image: (image - current_mean) / current_std])
