"""Floats of every kind are float32 on the way.

fails: test_matrix_product_is_right_to_the_last_digit
hint: The numbers are nearly right: is something rounded, or held in fewer digits on the way?
"""


def matrix_product(a, b):
    if not a.is_floating_point():
        return a @ b
    return (a.float() @ b.float()).to(a.dtype)
