"""Mean and deviation over the images leave a picture of each.

fails: test_mean_is_over_all_pixels, test_std_is_over_all_pixels, test_gives_two_floats
hint: Over which axes do you take the mean? One number should be left.
"""


def mean_and_std(dataset):
    pixels = torch.stack([image for image, label in dataset])
    return pixels.mean(dim=0), pixels.std(dim=0)
