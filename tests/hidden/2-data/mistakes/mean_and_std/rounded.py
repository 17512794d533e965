"""Both numbers are rounded to two digits.

fails: test_every_image_counts
hint: How many digits are left of your numbers?
"""


def mean_and_std(dataset):
    pixels = torch.stack([image for image, label in dataset])
    return round(pixels.mean().item(), 2), round(pixels.std().item(), 2)
