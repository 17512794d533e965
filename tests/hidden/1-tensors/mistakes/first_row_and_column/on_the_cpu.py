"""The matrix is fetched from its device.

fails: test_gives_both_on_the_device_of_m
hint: Where is m, and where is what you return? cpu() is a move.
"""


def first_row_and_column(m):
    m = m.cpu()
    return m[0], m[:, 0]
