"""The mean of the images' own deviations: what differs between images is left out.

fails: test_std_is_over_all_pixels, test_every_image_counts
hint: Two images, one black and one white: what is the deviation of each, and what of all their pixels?
"""


def mean_and_std(dataset):
    means = [image.mean().item() for image, label in dataset]
    stds = [image.std().item() for image, label in dataset]
    return sum(means) / len(means), sum(stds) / len(stds)
