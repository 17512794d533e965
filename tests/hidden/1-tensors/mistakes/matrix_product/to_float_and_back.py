"""Whole numbers are multiplied as float32, and the result is cast back.

fails: test_keeps_whole_numbers_whole
hint: Whole numbers lost their last digits. Are the numbers floats on the way?
"""


def matrix_product(a, b):
    return (a.float() @ b.float()).to(a.dtype)
