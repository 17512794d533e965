"""The count begins at 0.0 and stays a float.

fails: test_gives_an_int
hint: There are 17 samples, not 17.0. Which type should a count have?
"""


def count_samples(loader):
    count = 0.0
    for X, y in loader:
        count += len(y)
    return count
