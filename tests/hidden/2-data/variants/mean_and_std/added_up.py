"""Sums, squares and a count in one go."""


def mean_and_std(dataset):
    total, squares, count = 0.0, 0.0, 0
    for image, label in dataset:
        image = image.double()
        total += image.sum().item()
        squares += (image**2).sum().item()
        count += image.numel()
    mean = total / count
    return mean, (squares / count - mean**2) ** 0.5
