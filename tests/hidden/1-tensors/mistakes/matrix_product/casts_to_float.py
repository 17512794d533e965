"""Whole numbers are turned into floats.

fails: test_keeps_whole_numbers_whole
hint: Whole numbers came back as floats. Does their product need floats?
"""


def matrix_product(a, b):
    return a.float() @ b.float()
