"""The pixels are laid end to end column by column.

fails: test_gives_a_row_of_784_pixels_for_each_image, test_keeps_a_batch_of_any_size, test_keeps_the_dtype_and_leaves_the_images_as_they_were
hint: In which order do your rows hold the pixels? Compare with the table above.
"""


def flatten_images(X):
    return X.transpose(2, 3).reshape(len(X), -1)
