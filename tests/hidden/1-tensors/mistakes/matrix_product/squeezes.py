"""squeeze drops axes of size 1.

fails: test_keeps_both_axes
hint: The product of two matrices is always a matrix. Which step takes axes of size 1 away?
"""


def matrix_product(a, b):
    return (a @ b).squeeze()
