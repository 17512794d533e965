"""The mean of the means and of the means of squares: images are of one size."""


def mean_and_std(dataset):
    means = [image.mean().item() for image, _ in dataset]
    squares = [image.pow(2).mean().item() for image, _ in dataset]
    mean = sum(means) / len(means)
    return mean, np.sqrt(sum(squares) / len(squares) - mean * mean)
