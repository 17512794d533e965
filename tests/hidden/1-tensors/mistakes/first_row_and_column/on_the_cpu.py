"""The matrix is fetched from its device.

fails: test_gives_both_on_the_device_of_m
hint: Where is m, and where are the two parts that come back?
"""


def first_row_and_column(m):
    m = m.cpu()
    return m[0], m[:, 0]
