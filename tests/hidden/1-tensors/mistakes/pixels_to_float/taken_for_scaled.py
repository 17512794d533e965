"""A picture with no pixel above 1 counts as scaled already.

fails: test_is_right_to_the_last_digit
hint: What becomes of a picture whose brightest pixel is 1?
"""


def pixels_to_float(a):
    pixels = torch.from_numpy(a).to(torch.float32)
    return pixels / 255 if (pixels > 1).any() else pixels
