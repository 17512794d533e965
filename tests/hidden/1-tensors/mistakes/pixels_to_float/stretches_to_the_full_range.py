"""The darkest pixel becomes 0 and the brightest 1.

fails: test_divides_by_255_even_where_no_pixel_is_white
hint: Subtracting the minimum changes the picture's brightness: only divide, by 255.
"""


def pixels_to_float(a):
    t = torch.from_numpy(a).float()
    return (t - t.min()) / (t.max() - t.min())
