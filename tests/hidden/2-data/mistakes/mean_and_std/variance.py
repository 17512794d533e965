"""The root is missing: this is the variance.

fails: test_std_is_over_all_pixels, test_every_image_counts
hint: In which unit is the variance? What brings it back to that of the pixels?
"""


def mean_and_std(dataset):
    pixels = torch.stack([image for image, label in dataset])
    return pixels.mean().item(), pixels.var().item()
