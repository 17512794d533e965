"""The root is missing: this is the variance.

fails: test_std_is_over_all_pixels, test_every_image_counts
hint: The variance is in squares of what pixels are in. What brings it back?
"""


def mean_and_std(dataset):
    pixels = torch.stack([image for image, label in dataset])
    return pixels.mean().item(), pixels.var().item()
