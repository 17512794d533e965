"""The loop begins with the second image.

fails: test_every_image_counts
hint: Which is the first image that you look at?
"""


def mean_and_std(dataset):
    pixels = torch.cat([dataset[i][0].flatten() for i in range(1, len(dataset))])
    return pixels.mean().item(), pixels.std().item()
