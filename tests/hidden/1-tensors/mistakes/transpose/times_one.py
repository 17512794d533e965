"""m * 1.0 is a copy, and of whole numbers it makes floats.

fails: test_transpose_keeps_the_dtype, test_is_a_view
hint: A product is something new, with a dtype of its own: what is it for?
"""


def transpose(m):
    return (m * 1.0).T
