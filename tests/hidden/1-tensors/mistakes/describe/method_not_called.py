"""size is a method, and it was not called.

fails: test_tells_the_shape_first
hint: A method came back where sizes are wanted. Are its parentheses missing?
"""


def describe(t):
    return t.size, t.dtype, t.device
