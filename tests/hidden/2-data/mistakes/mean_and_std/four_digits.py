"""Both numbers are rounded to four digits behind the point.

fails: test_every_image_counts
hint: How many digits are left of your numbers if the pixels are small, say 0.01?
"""


def mean_and_std(dataset):
    pixels = torch.cat([image.flatten() for image, label in dataset])
    return round(float(pixels.mean()), 4), round(float(pixels.std()), 4)
