"""ToTensor takes the array for a picture and adds a channel axis.

fails: test_scales_the_pixels_to_0_and_1, test_gives_float32,
test_divides_by_255_even_where_no_pixel_is_white, test_leaves_the_array_as_it_was
hint: There is an axis in front that the array does not have. Which step adds it?
"""


def pixels_to_float(a):
    return ToTensor()(a)
