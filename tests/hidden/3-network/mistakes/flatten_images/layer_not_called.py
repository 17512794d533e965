"""The layer nn.Flatten is returned, not what it gives for X.

fails: test_gives_a_row_of_784_pixels_for_each_image, test_keeps_a_batch_of_any_size, test_keeps_the_dtype_and_leaves_the_images_as_they_were
hint: nn.Flatten() makes a layer. What do you do with a layer to get its output?
"""


def flatten_images(X):
    return nn.Flatten()
