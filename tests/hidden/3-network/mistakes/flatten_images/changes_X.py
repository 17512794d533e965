"""X itself is flattened: the caller's images have lost their shape.

fails: test_keeps_the_dtype_and_leaves_the_images_as_they_were
hint: What shape has the caller's batch afterwards? What does the underscore at the end of a method's name mean?
"""


def flatten_images(X):
    return X.resize_(X.shape[0], 784)
