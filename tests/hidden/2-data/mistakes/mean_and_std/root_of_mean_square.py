"""The mean of the squares without the square of the mean.

fails: test_std_is_over_all_pixels, test_every_image_counts
hint: Is the deviation how far pixels are from 0, or how far from their mean?
"""


def mean_and_std(dataset):
    pixels = torch.stack([image for image, label in dataset])
    return pixels.mean().item(), (pixels**2).mean().sqrt().item()
