"""Right but for the last digits: float16 on the way.

fails: test_keeps_the_dtype_and_leaves_the_images_as_they_were
hint: The numbers of float64 images are not the same afterwards. What takes digits away?
"""


def flatten_images(X):
    return X.flatten(1).half().to(X.dtype)
