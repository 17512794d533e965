"""The division writes into the bytes that the array shares.

fails: test_scales_the_pixels_to_0_and_1, test_gives_float32,
test_divides_by_255_even_where_no_pixel_is_white, test_leaves_the_array_as_it_was
hint: The result of a division cannot be written into bytes. Into which memory does the division
write?
"""


def pixels_to_float(a):
    t = torch.from_numpy(a)
    t /= 255
    return t
