"""The transpose of the product in the other order."""


def matrix_product(a, b):
    return (b.T @ a.T).T
