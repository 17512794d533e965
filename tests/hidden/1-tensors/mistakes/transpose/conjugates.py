"""H also changes the sign of each imaginary part.

fails: test_transpose_keeps_the_dtype
hint: What does the attribute do to complex numbers, besides swapping the axes?
"""


def transpose(m):
    return m.H
