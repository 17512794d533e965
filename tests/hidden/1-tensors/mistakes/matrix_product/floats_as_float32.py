"""Floats of every kind become float32.

fails: test_matrix_product_keeps_float64, test_matrix_product_is_right_to_the_last_digit
hint: There are several kinds of floats: which one do a and b hold, and which one the result?
"""


def matrix_product(a, b):
    if a.is_floating_point():
        a, b = a.to(torch.float32), b.to(torch.float32)
    return torch.matmul(a, b)
