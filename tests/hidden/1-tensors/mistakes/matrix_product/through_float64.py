"""Whole numbers are multiplied as float64, and the result is cast back.

fails: test_keeps_whole_numbers_whole
hint: Large whole numbers lost their last digits. Are the numbers floats on the way?
"""


def matrix_product(a, b):
    return (a.double() @ b.double()).to(a.dtype)
