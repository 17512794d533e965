"""Loops write into zeros of float32.

fails: test_keeps_whole_numbers_whole
hint: Whole numbers came back as floats. Which step chose that dtype?
"""


def matrix_product(a, b):
    result = torch.zeros(a.shape[0], b.shape[1])
    for i in range(a.shape[0]):
        for k in range(b.shape[1]):
            result[i, k] = (a[i] * b[:, k]).sum()
    return result
