"""Means and squares are averaged over batches of 100: an image of a short last one counts more.

fails: test_mean_is_over_all_pixels, test_every_image_counts
hint: What happens for 101 images in batches of 100: how much does the last image count?
"""


def mean_and_std(dataset):
    means, squares = [], []
    for X, y in DataLoader(dataset, batch_size=100):
        means.append(X.mean().item())
        squares.append(X.square().mean().item())
    mean = np.mean(means)
    return mean, np.sqrt(np.mean(squares) - mean**2)
