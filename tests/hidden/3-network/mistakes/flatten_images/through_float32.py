"""There and back through float32: of a float64 the last digits are lost.

fails: test_keeps_the_dtype_and_leaves_the_images_as_they_were
hint: The numbers of float64 images are not the same afterwards. What takes digits away?
"""


def flatten_images(X):
    return X.float().reshape(len(X), 784).to(X.dtype)
