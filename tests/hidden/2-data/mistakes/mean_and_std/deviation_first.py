"""The two numbers come in the other order.

fails: test_mean_is_over_all_pixels, test_std_is_over_all_pixels, test_gives_two_floats
hint: Which of the two is asked for first?
"""


def mean_and_std(dataset):
    pixels = torch.stack([image for image, label in dataset])
    return pixels.std().item(), pixels.mean().item()
