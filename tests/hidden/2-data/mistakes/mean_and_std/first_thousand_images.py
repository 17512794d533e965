"""Only the first 1,000 images are looked at.

fails: test_mean_is_over_all_pixels, test_std_is_over_all_pixels
hint: How many images go into your numbers, and how many are in the data set?
"""


def mean_and_std(dataset):
    count = min(len(dataset), 1000)
    pixels = torch.cat([dataset[i][0].ravel() for i in range(count)])
    return pixels.mean().item(), pixels.std().item()
