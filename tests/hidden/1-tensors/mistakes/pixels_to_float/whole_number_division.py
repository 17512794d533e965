"""// throws the fractions away.

fails: test_scales_the_pixels_to_0_and_1, test_gives_float32,
test_divides_by_255_even_where_no_pixel_is_white, test_leaves_the_array_as_it_was
hint: Almost everything became 0. At which step are the fractions cut off?
"""


def pixels_to_float(a):
    return torch.from_numpy(a // 255).float()
