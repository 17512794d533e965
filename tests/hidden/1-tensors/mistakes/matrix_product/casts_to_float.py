"""Whole numbers are turned into floats.

fails: test_keeps_whole_numbers_whole
hint: Does a product of whole numbers need floats? The dtype is another then, and large numbers lose
their last digits.
"""


def matrix_product(a, b):
    return a.float() @ b.float()
