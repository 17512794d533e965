"""m * 1.0 is a copy, and of whole numbers it makes floats.

fails: test_transpose_keeps_the_dtype, test_is_a_view
hint: The numbers are copies, and whole numbers became floats. Which step does that?
"""


def transpose(m):
    return (m * 1.0).T
