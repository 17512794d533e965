"""Each picture has a scale of its own.

fails: test_divides_by_255_even_where_no_pixel_is_white
hint: The brightest pixel of every picture became 1. Is the scale the same for all pictures?
"""


def pixels_to_float(a):
    t = torch.from_numpy(a).float()
    return t / t.max()
