"""The pixels are made 255 times smaller.

fails: test_gives_a_row_of_784_pixels_for_each_image, test_keeps_a_batch_of_any_size, test_keeps_the_dtype_and_leaves_the_images_as_they_were
hint: Other numbers go out than came in. Does arranging them ask for that?
"""


def flatten_images(X):
    return X.flatten(1) / 255
