"""The bytes are set to 0, as if nobody needed them any more.

fails: test_leaves_the_array_as_it_was
hint: Who else may still need the array after the call?
"""


def pixels_to_float(a):
    result = torch.from_numpy(a).float() / 255
    a.fill(0)
    return result
