"""ToTensor takes the array for a picture and adds a channel axis.

fails: test_scales_the_pixels_to_0_and_1, test_gives_float32,
test_divides_by_255_even_where_no_pixel_is_white, test_leaves_the_array_as_it_was
hint: ToTensor makes (1, rows, columns) of a picture; here the shape has to stay.
"""


def pixels_to_float(a):
    return ToTensor()(a)
