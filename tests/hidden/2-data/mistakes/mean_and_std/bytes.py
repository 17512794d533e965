"""The storage holds bytes, of which no mean is taken: a RuntimeError.

fails: test_mean_is_over_all_pixels, test_std_is_over_all_pixels, test_gives_two_floats
hint: Of which dtype is dataset.data, and is it what dataset[i] gives?
"""


def mean_and_std(dataset):
    return dataset.data.mean().item(), dataset.data.std().item()
