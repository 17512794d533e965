"""The darkest pixel becomes 0 and the brightest 1.

fails: test_divides_by_255_even_where_no_pixel_is_white
hint: The darkest pixel became 0 and the brightest 1. Is the scale the same for all pictures?
"""


def pixels_to_float(a):
    t = torch.from_numpy(a).float()
    return (t - t.min()) / (t.max() - t.min())
