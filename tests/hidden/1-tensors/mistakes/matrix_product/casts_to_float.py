"""Whole numbers are turned into floats.

fails: test_keeps_whole_numbers_whole
hint: The numbers are right, the dtype is not: does a product of whole numbers need floats?
"""


def matrix_product(a, b):
    return a.float() @ b.float()
