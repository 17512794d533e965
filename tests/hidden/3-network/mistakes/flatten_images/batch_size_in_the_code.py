"""The number of images stands in the code: any other batch is refused.

fails: test_gives_a_row_of_784_pixels_for_each_image, test_keeps_a_batch_of_any_size, test_keeps_the_dtype_and_leaves_the_images_as_they_were
hint: A size in your code does not fit this batch. Which of your sizes depend on X?
"""


def flatten_images(X):
    return X.view(64, 28 * 28)
