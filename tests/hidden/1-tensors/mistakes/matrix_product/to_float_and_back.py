"""Whole numbers are multiplied as float32, and the result is cast back.

fails: test_keeps_whole_numbers_whole
hint: float32 holds seven digits or so: what becomes of larger whole numbers on the way through it?
"""


def matrix_product(a, b):
    return (a.float() @ b.float()).to(a.dtype)
