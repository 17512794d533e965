"""The product of square matrices is written into a.

fails: test_leaves_a_and_b_as_they_were
hint: Look at a after the product of two square matrices: is it as it was?
"""


def matrix_product(a, b):
    product = a @ b
    return a.copy_(product) if product.shape == a.shape == b.shape else product
