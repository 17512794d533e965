"""Tensors with one element instead of floats.

fails: test_gives_two_floats
hint: Each number is still inside a tensor. Which method takes it out?
"""


def mean_and_std(dataset):
    pixels = torch.stack([image for image, label in dataset])
    return pixels.mean(), pixels.std()
