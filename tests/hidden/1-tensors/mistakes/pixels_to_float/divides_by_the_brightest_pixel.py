"""Each picture has a scale of its own.

fails: test_divides_by_255_even_where_no_pixel_is_white
hint: The scale is the same for every picture: divide by 255, not by what happens to be the
maximum.
"""


def pixels_to_float(a):
    t = torch.from_numpy(a).float()
    return t / t.max()
