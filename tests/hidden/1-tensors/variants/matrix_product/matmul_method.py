"""The method matmul."""


def matrix_product(a, b):
    return a.matmul(b)
