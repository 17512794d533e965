"""The root is missing: this is the variance.

fails: test_std_is_over_all_pixels, test_every_image_counts
hint: Your second number is the variance. How does a standard deviation come from it?
"""


def mean_and_std(dataset):
    pixels = torch.stack([image for image, label in dataset])
    return pixels.mean().item(), pixels.var().item()
