"""The loop ends before the last image.

fails: test_every_image_counts
hint: Which is the last image that you look at?
"""


def mean_and_std(dataset):
    pixels = torch.cat([dataset[i][0].flatten() for i in range(len(dataset) - 1)])
    return pixels.mean().item(), pixels.std().item()
