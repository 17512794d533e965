"""Only the first image comes back.

fails: test_gives_a_row_of_784_pixels_for_each_image, test_keeps_a_batch_of_any_size, test_keeps_the_dtype_and_leaves_the_images_as_they_were
hint: How many images came in, how many rows go out?
"""


def flatten_images(X):
    return X[0].reshape(1, 784)
