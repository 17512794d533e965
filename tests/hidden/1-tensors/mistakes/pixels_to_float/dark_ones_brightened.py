"""Very dark pictures are divided by their brightest pixel.

fails: test_is_right_to_the_last_digit
hint: Is a very dark picture divided by the same number as a light one?
"""


def pixels_to_float(a):
    brightest = int(a.max())
    return torch.from_numpy(a).float() / (brightest if 0 < brightest < 30 else 255)
