"""The number of images stands in the code: any other batch is refused.

fails: test_gives_a_row_of_784_pixels_for_each_image, test_keeps_a_batch_of_any_size, test_keeps_the_dtype_and_leaves_the_images_as_they_were
hint: Your batch has 64 images. How many has the last batch of 10,000 images?
"""


def flatten_images(X):
    return X.view(64, 28 * 28)
