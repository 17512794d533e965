"""The product is rounded to three digits.

fails: test_matrix_product_is_right_to_the_last_digit
hint: The numbers are nearly right: is something rounded, or held in fewer digits on the way?
"""


def matrix_product(a, b):
    product = a @ b
    return torch.round(product, decimals=3) if product.is_floating_point() else product
