"""There and back through float32: of a float64 the last digits are lost.

fails: test_keeps_the_dtype_and_leaves_the_images_as_they_were
hint: Are the numbers of float64 images the same afterwards, to the last digit? What takes digits away?
"""


def flatten_images(X):
    return X.float().reshape(len(X), 784).to(X.dtype)
