"""The labels are pixels as well, for this code.

fails: test_mean_is_over_all_pixels, test_std_is_over_all_pixels, test_gives_two_floats
hint: dataset[i] is a pair. Which part of it holds pixels?
"""


def mean_and_std(dataset):
    numbers = []
    for sample in dataset:
        numbers += [*sample[0].flatten().tolist(), sample[1]]
    return float(np.mean(numbers)), float(np.std(numbers))
