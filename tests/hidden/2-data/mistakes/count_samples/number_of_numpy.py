"""NumPy adds up the sizes and gives a number of its own.

fails: test_gives_an_int
hint: Look at type(...) of what you return. What makes an int of it?
"""


def count_samples(loader):
    sizes = np.array([len(y) for X, y in loader])
    return sizes.sum()
