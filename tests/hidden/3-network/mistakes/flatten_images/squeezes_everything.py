"""squeeze() takes away every axis of size 1, the batch axis of a single image too.

fails: test_keeps_a_batch_of_any_size
hint: What shape has your result for a batch of one image?
"""


def flatten_images(X):
    return X.squeeze().flatten(start_dim=-2)
