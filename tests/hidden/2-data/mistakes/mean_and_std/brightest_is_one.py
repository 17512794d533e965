"""The pixels are scaled to 0 and 1 first.

fails: test_mean_is_over_all_pixels, test_std_is_over_all_pixels, test_gives_two_floats
hint: Are these the pixels as dataset[i] gives them?
"""


def mean_and_std(dataset):
    pixels = torch.stack([image for image, label in dataset])
    pixels = (pixels - pixels.min()) / (pixels.max() - pixels.min())
    return pixels.mean().item(), pixels.std().item()
