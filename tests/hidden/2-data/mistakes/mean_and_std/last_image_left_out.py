"""The loop ends before the last image.

fails: test_mean_is_over_all_pixels, test_std_is_over_all_pixels
hint: Which is the last index that your loop comes to?
"""


def mean_and_std(dataset):
    pixels = torch.cat([dataset[i][0].flatten() for i in range(len(dataset) - 1)])
    return pixels.mean().item(), pixels.std().item()
