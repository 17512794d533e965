"""No more than 64 images are flattened.

fails: test_keeps_a_batch_of_any_size
hint: How many rows come back for a batch of 150 images?
"""


def flatten_images(X):
    images = X[:64]
    return images.reshape(len(images), -1)
