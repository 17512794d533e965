"""H also changes the sign of each imaginary part.

fails: test_transpose_keeps_the_dtype
hint: Complex numbers came back changed. Which step changes them?
"""


def transpose(m):
    return m.H
