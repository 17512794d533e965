"""X itself is flattened: the caller's images have lost their shape.

fails: test_keeps_the_dtype_and_leaves_the_images_as_they_were
hint: The caller's batch has another shape afterwards. Which line changes X itself?
"""


def flatten_images(X):
    return X.resize_(X.shape[0], 784)
