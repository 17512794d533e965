"""The count begins at 0.0 and stays a float.

fails: test_gives_an_int
hint: Can there be 17.0 samples? With what does the count begin?
"""


def count_samples(loader):
    count = 0.0
    for X, y in loader:
        count += len(y)
    return count
