"""Flattened from axis 2 on: the channel axis is still there.

fails: test_gives_a_row_of_784_pixels_for_each_image, test_keeps_a_batch_of_any_size, test_keeps_the_dtype_and_leaves_the_images_as_they_were
hint: Your result has an axis too many. Which one of size 1 is left in it?
"""


def flatten_images(X):
    return torch.flatten(X, 2)
