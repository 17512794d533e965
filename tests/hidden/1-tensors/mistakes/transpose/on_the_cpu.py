"""The matrix is fetched from its device.

fails: test_transpose_stays_on_the_device_of_m
hint: Where is m, and where is what you return? cpu() is a move.
"""


def transpose(m):
    return m.cpu().T
