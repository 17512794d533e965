"""The whole batch becomes one line of N · 784 pixels.

fails: test_gives_a_row_of_784_pixels_for_each_image, test_keeps_a_batch_of_any_size, test_keeps_the_dtype_and_leaves_the_images_as_they_were
hint: Nobody finds the second image in your result. Which axis must stay?
"""


def flatten_images(X):
    return X.flatten()
