"""Whole numbers are copied.

fails: test_is_a_view
hint: Try a matrix of whole numbers: does the result show what is written into m later?
"""


def transpose(m):
    return m.T if m.is_floating_point() or m.is_complex() else m.T.clone()
