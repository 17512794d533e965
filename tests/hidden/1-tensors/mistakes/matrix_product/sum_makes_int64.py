"""A sum of small whole numbers is int64.

fails: test_keeps_whole_numbers_whole
hint: Try int32: which dtype does the result have, and which step chooses it?
"""


def matrix_product(a, b):
    n, m = len(a), b.shape[1]
    sums = [(row * column).sum() for row in a for column in b.T]
    return torch.stack(sums).reshape(n, m)
