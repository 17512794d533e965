"""The mean of the batches' means: an image of the short last batch counts more.

fails: test_mean_is_over_all_pixels, test_std_is_over_all_pixels, test_every_image_counts
hint: Batches may differ in size. How much does an image of a small one count?
"""


def mean_and_std(dataset):
    means, stds = [], []
    for X, y in DataLoader(dataset, batch_size=64):
        means.append(X.mean())
        stds.append(X.std())
    return torch.stack(means).mean().item(), torch.stack(stds).mean().item()
