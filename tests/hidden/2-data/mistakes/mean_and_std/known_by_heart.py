"""The numbers of MNIST stand in the code.

fails: test_mean_is_over_all_pixels, test_std_is_over_all_pixels, test_gives_two_floats
hint: What are the numbers of another data set?
"""


def mean_and_std(dataset):
    return 0.1307, 0.3081
