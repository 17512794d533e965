"""Only the first 5,000 images are looked at.

fails: test_std_is_over_all_pixels
hint: How many images go into your numbers, and how many are in the data set?
"""


def mean_and_std(dataset):
    some = torch.utils.data.Subset(dataset, range(min(len(dataset), 5000)))
    pixels = torch.stack([image for image, label in some])
    return pixels.mean().item(), pixels.std().item()
