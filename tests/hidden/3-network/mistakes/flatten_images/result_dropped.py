"""The line makes the flattened tensor and throws it away; X comes back as it was.

fails: test_gives_a_row_of_784_pixels_for_each_image, test_keeps_a_batch_of_any_size, test_keeps_the_dtype_and_leaves_the_images_as_they_were
hint: X comes back in its old shape. Is what your line gives kept, and returned?
"""


def flatten_images(X):
    X.reshape(X.shape[0], -1)
    return X
