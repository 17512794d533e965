"""The matrix is fetched from its device.

fails: test_with_column_stays_on_the_device_of_m
hint: Where is m, and where is the tensor that comes back?
"""


def with_column(m, j, value):
    result = m.cpu().clone()
    result[:, j] = value
    return result
