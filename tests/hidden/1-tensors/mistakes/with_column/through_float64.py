"""The numbers go through float64 and back.

fails: test_with_column_keeps_the_dtype
hint: Large whole numbers lost their last digits. Are the numbers floats on the way?
"""


def with_column(m, j, value):
    result = m.to(torch.float64, copy=True)
    result[:, j] = value
    return result.to(m.dtype)
