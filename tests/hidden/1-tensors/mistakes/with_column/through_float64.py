"""The numbers go through float64 and back.

fails: test_with_column_keeps_the_dtype
hint: float64 holds about 16 digits: what becomes of larger whole numbers on the way through it?
"""


def with_column(m, j, value):
    result = m.to(torch.float64, copy=True)
    result[:, j] = value
    return result.to(m.dtype)
