"""Whole numbers are multiplied as float64, and the result is cast back.

fails: test_keeps_whole_numbers_whole
hint: float64 holds about 16 digits: what becomes of larger whole numbers on the way through it?
"""


def matrix_product(a, b):
    return (a.double() @ b.double()).to(a.dtype)
