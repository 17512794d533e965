"""The mean over batches of 1,000: the last one is short and counts as much.

fails: test_mean_is_over_all_pixels, test_std_is_over_all_pixels, test_every_image_counts
hint: Batches may differ in size. How much does an image of a small one count?
"""


def mean_and_std(dataset):
    means, stds = [], []
    for X, y in DataLoader(dataset, batch_size=1000):
        means.append(X.mean().item())
        stds.append(X.std().item())
    return sum(means) / len(means), sum(stds) / len(stds)
