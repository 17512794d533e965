"""squeeze drops axes of size 1.

fails: test_keeps_both_axes
hint: squeeze() drops every axis of size 1, and a product of two matrices is always a matrix.
"""


def matrix_product(a, b):
    return (a @ b).squeeze()
