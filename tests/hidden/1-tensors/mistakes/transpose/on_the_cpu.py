"""The matrix is fetched from its device.

fails: test_transpose_stays_on_the_device_of_m
hint: Where is m, and where is the tensor that comes back?
"""


def transpose(m):
    return m.cpu().T
