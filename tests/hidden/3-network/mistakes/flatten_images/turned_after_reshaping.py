"""The shape is right, but each row holds pixels of many images.

fails: test_gives_a_row_of_784_pixels_for_each_image, test_keeps_a_batch_of_any_size, test_keeps_the_dtype_and_leaves_the_images_as_they_were
hint: The shape fits. Look at one row: do its numbers come from one image?
"""


def flatten_images(X):
    return X.reshape(784, len(X)).T
