"""The deviation of the images' means: what differs within images is left out.

fails: test_std_is_over_all_pixels, test_every_image_counts
hint: Two images, each with the pixels 0 and 1: which deviation does your function give?
"""


def mean_and_std(dataset):
    means = torch.stack([image.mean() for image, label in dataset])
    return means.mean().item(), means.std().item()
