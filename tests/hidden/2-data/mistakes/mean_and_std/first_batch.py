"""Only the first batch is looked at.

fails: test_mean_is_over_all_pixels, test_std_is_over_all_pixels
hint: How many images go into your numbers, and how many are in the data set?
"""


def mean_and_std(dataset):
    X, y = next(iter(DataLoader(dataset, batch_size=1000)))
    return X.mean().item(), X.std().item()
