"""Each picture is normalised by its own mean and deviation.

fails: test_brings_pictures_to_mean_0_and_spread_1, test_each_transform_keeps_its_own_mean_and_std
hint: Do all pictures get the same treatment, with the numbers that you were given?
"""


def normalized(mean, std):
    def transform(picture):
        image = ToTensor()(picture)
        return (image - image.mean()) / image.std()

    return transform
