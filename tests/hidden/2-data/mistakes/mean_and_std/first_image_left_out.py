"""The loop begins with the second image.

fails: test_mean_is_over_all_pixels
hint: With which image does your loop begin?
"""


def mean_and_std(dataset):
    pixels = torch.cat([dataset[i][0].flatten() for i in range(1, len(dataset))])
    return pixels.mean().item(), pixels.std().item()
