"""The mean is taken off the images themselves.

fails: test_leaves_the_images_as_they_are
hint: Look at an image of the data set before and after the call. Which step changes it?
"""


def mean_and_std(dataset):
    count = sum(image.numel() for image, label in dataset)
    mean = sum(image.sum().item() for image, label in dataset) / count
    squares = sum(image.sub_(mean).square().sum().item() for image, label in dataset)
    return mean, (squares / count) ** 0.5
